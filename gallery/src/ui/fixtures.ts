/** Sections of Components.svelte, one picture each. */
export const uiFixtures = ['buttons', 'text-and-icons', 'table', 'menu', 'tooltip'] as const;
export type UiFixture = (typeof uiFixtures)[number];

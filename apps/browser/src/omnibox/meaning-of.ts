import type { Meaning } from './interpret.ts';

/** Where a meaning leads; undefined where it leads to no page. */
export const addressOf = (meaning: Meaning): string | undefined =>
  'navigate' in meaning ? meaning.navigate : 'search' in meaning ? meaning.search : undefined;

/** What a typed text means. The list of public suffixes behind it is large, and loaded when it is first needed. */
export async function meaningOf(typed: string): Promise<Meaning> {
  const { interpret } = await import('./interpret.ts');
  return interpret(typed);
}

import type { Meaning } from './interpret.ts';

/** Returns the address to open, or undefined when the meaning is not a page. */
export const addressOf = (meaning: Meaning): string | undefined =>
  'navigate' in meaning ? meaning.navigate : 'search' in meaning ? meaning.search : undefined;

/** Interprets a typed text. The module is loaded on first use, because its list of public suffixes is large. */
export async function meaningOf(typed: string): Promise<Meaning> {
  const { interpret } = await import('./interpret.ts');
  return interpret(typed);
}

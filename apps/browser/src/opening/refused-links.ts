import type { Tab } from '../tab.ts';

/** Schemes of the browser's own: what a page may not open of them is blocked without a word, as in Chrome. */
const ownSchemes =
  /^(?:https?|wss?|bulkhead|file|filesystem|about|data|blob|javascript|view-source|devtools|chrome(?:-.*)?|isolated-app)$/;
const longestScheme = 64;

/** The scheme of an address that another program would open; undefined for every other address. */
export function externalScheme(address: string): string | undefined {
  const scheme = URL.canParse(address) ? new URL(address).protocol.slice(0, -1) : '';
  return scheme === '' || ownSchemes.test(scheme) ? undefined : scheme.slice(0, longestScheme);
}

/** A page goes to such an address, and nothing opens: the user is told, where the user has done something for it. */
export function sayRefusedLink(tab: Pick<Tab, 'gestures' | 'note'>, address: string): void {
  const refusedScheme = externalScheme(address);
  if (refusedScheme !== undefined && tab.gestures.consume()) tab.note({ refusedScheme });
}

import { refusedSchemes } from '../omnibox/schemes.ts';
import type { Tab } from '../tabs/tab.ts';

/** Schemes of the browser's own: what a page may not open of them is blocked without a word, as in Chrome. */
const ownSchemes =
  /^(?:https?|wss?|bulkhead|file|filesystem|about|data|blob|javascript|view-source|devtools|chrome(?:-.*)?|isolated-app)$/;

/**
 * The scheme of an address that another program would open, empty where few know it: a page could write a sentence into
 * the interface by it. Undefined for every other address.
 */
export function externalScheme(address: string): string | undefined {
  const scheme = URL.canParse(address) ? new URL(address).protocol.slice(0, -1) : '';
  if (scheme === '' || ownSchemes.test(scheme)) return undefined;
  return refusedSchemes.has(scheme) ? scheme : '';
}

/**
 * A page goes to such an address, and nothing opens: the user is told, where the user has done something for it.
 * `inFrame`: says whether the user has in a frame whose presses nobody tells of; asked where there is no other gesture.
 */
export async function sayRefusedLink(
  tab: Pick<Tab, 'gestures' | 'note' | 'showsPage' | 'committedAddress'>,
  address: string,
  inFrame: () => boolean | Promise<boolean>,
): Promise<void> {
  const scheme = externalScheme(address);
  if (scheme === undefined) return;
  const page = tab.committedAddress;
  if (!tab.gestures.consume() && !(await inFrame())) return;
  if (tab.showsPage && tab.committedAddress === page) tab.note({ refused: { what: 'link', scheme } });
}

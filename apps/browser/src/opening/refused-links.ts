import { refusedSchemes } from '../omnibox/schemes.ts';
import type { Tab } from '../tabs/tab.ts';

/** The browser's own schemes. Links to them that a page may not open are blocked silently, as in Chrome. */
const ownSchemes =
  /^(?:https?|wss?|bulkhead|file|filesystem|about|data|blob|javascript|view-source|devtools|chrome(?:-.*)?|isolated-app)$/;

/**
 * Returns the scheme of an address that another application would open. Empty for an unknown scheme, because a page
 * could otherwise write a sentence into the shell. Undefined for every other address.
 */
export function externalScheme(address: string): string | undefined {
  const scheme = URL.canParse(address) ? new URL(address).protocol.slice(0, -1) : '';
  if (scheme === '' || ownSchemes.test(scheme)) return undefined;
  return refusedSchemes.has(scheme) ? scheme : '';
}

/**
 * Tells the user when a page navigated to such an address after a user gesture, because nothing opens. `inFrame`: says
 * whether there was a gesture in a subframe whose presses are not reported. It is called when there was no other
 * gesture.
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

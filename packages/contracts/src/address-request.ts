import * as v from 'valibot';
import { count } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** Number of newest requests that the window's state names. */
export const namedAddressRequests = 6;

/**
 * The user's requests for the address bar, such as Ctrl+T: how many there have been, and the tabs of the newest ones,
 * the newest last.
 */
export const addressRequests = v.strictObject({
  count,
  tabs: v.pipe(v.array(tabId), v.maxLength(namedAddressRequests)),
});
export type AddressRequests = v.InferOutput<typeof addressRequests>;

const firstKey = 13;
/** Keyboards do not have these keys, and Electron can send them. */
const lastKey = 24;

/**
 * Returns the name of the key that tells the shell of a request. Requests are numbered from 1. A message on a port
 * could arrive after keys that the user typed later; a key cannot. The number says which of the state's tabs it is for.
 */
export const addressKeyOf = (request: number): string => `F${firstKey + (request % keyCount)}`;

const keyCount = lastKey - firstKey + 1;

/** Returns how many requests a key is older than the newest known one, from 0; undefined for other keys. */
export function requestAge(key: string, newest: number): number | undefined {
  const place = Number(/^F(1[3-9]|2[0-4])$/.exec(key)?.[1] ?? Number.NaN) - firstKey;
  return Number.isNaN(place) ? undefined : (newest + keyCount - place) % keyCount;
}

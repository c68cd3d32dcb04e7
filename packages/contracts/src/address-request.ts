import * as v from 'valibot';
import { count } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** The newest are named in the window's state. */
export const namedAddressRequests = 6;

/**
 * Requests for the address bar by the user, such as Ctrl+T: how many there have been, and the tabs that the newest of
 * them are for, the newest last.
 */
export const addressRequests = v.strictObject({
  count,
  tabs: v.pipe(v.array(tabId), v.maxLength(namedAddressRequests)),
});
export type AddressRequests = v.InferOutput<typeof addressRequests>;

const firstKey = 13;
/** No keyboard has these keys by itself, and the runtime can send them. */
const lastKey = 24;

/**
 * Name of the key that tells the shell of the request with this number, counted from 1. A message on a port could come
 * behind keys that the user has typed since; a key never does. Where the state names the tab, the number tells which.
 */
export const addressKeyOf = (request: number): string => `F${firstKey + (request % keyCount)}`;

const keyCount = lastKey - firstKey + 1;

/** How many requests a key stands before the newest one that is known, 0 for that one; undefined for other keys. */
export function requestAge(key: string, newest: number): number | undefined {
  const place = Number(/^F(1[3-9]|2[0-4])$/.exec(key)?.[1] ?? Number.NaN) - firstKey;
  return Number.isNaN(place) ? undefined : (newest + keyCount - place) % keyCount;
}

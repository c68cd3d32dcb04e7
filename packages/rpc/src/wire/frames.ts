import { type Size, sizeOf, tooLarge } from './size.ts';

/**
 * The wire. Each message is an array: what it is, then its fields in a fixed order. Arrays of primitives are the
 * cheapest thing to clone, and there is no property to walk.
 */
export const Frame = {
  /** caller: [contract, version]. The first frame. */
  Hello: 0,
  /** server: []. Calls may flow. */
  Welcome: 1,
  /** server: [contract, version]. It speaks another contract, or another version. */
  Refuse: 2,
  /** either: []. The sender closes on purpose. */
  Bye: 3,
  /** either: [sequence] */
  Ping: 4,
  /** either: [sequence] */
  Pong: 5,
  /** caller: [id, method, arguments, handles?] */
  Call: 6,
  /** who was asked: [id, value, handles?] */
  Reply: 7,
  /** who was asked: [id, error] */
  Fail: 8,
  /** who asked: [id]. The answer is not wanted any more. */
  Cancel: 9,
  /** either: [method, arguments, handles?] */
  Push: 10,
  /** caller: [id, method, arguments, credit, handles?] */
  Open: 11,
  /** server: [id, items, handles?]; with handles, one item */
  Items: 12,
  /** caller: [id, credit] */
  Credit: 13,
  /** server: [id, error?]. The stream has ended. */
  End: 14,
  /** either: [callback, arguments, id?]; with an id, a reply is wanted */
  Callback: 15,
  /** either: [callback]. It will not be called again. */
  Release: 16,
  /** caller: [id]. The stream is not read any more. */
  Unsubscribe: 17,
  /** server: []. It has begun to listen: a hello that came before may be lost, where a channel does not keep it. */
  Ready: 18,
} as const;

export type FrameKind = (typeof Frame)[keyof typeof Frame];
export const frameKinds = 19;

export type Message = readonly [kind: FrameKind, ...fields: unknown[]];

/** Of all fields of a message, also of those that nobody reads; `tooLarge` above the limit. */
export function sizeOfFrame(message: readonly unknown[], limit: number): Size {
  let size = 0;
  for (const field of message) {
    const own = sizeOf(field, limit - size);
    if (own === tooLarge) return tooLarge;
    size += own;
  }
  return size;
}

/** A hello or refusal from the other side, for an error. */
export const speaks = (name: unknown, version: unknown): string =>
  typeof name === 'string' && /^[a-z0-9-]{1,64}$/.test(name) && Number.isSafeInteger(version)
    ? `${name} version ${version}`
    : 'no contract';

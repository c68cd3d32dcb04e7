import { type Size, sizeOf, tooLarge } from './size.ts';

/**
 * Wire format. Each message is an array: its kind, then its fields in a fixed order. Arrays of primitives are cheapest
 * to clone and have no properties to follow.
 */
export const Kind = {
  /** caller: [contract, version]. The first message. */
  Hello: 0,
  /** server: []. Calls may begin. */
  Welcome: 1,
  /** server: [contract, version]. The server has another contract, or another version. */
  Refuse: 2,
  /** either: []. The sender closes on purpose. */
  Bye: 3,
  /** either: [sequence] */
  Ping: 4,
  /** either: [sequence] */
  Pong: 5,
  /** caller: [id, method, arguments, handles?] */
  Call: 6,
  /** side that answers: [id, value, handles?] */
  Reply: 7,
  /** side that answers: [id, error] */
  Fail: 8,
  /** side that called: [id]. The answer is no longer needed. */
  Cancel: 9,
  /** either: [method, arguments, handles?] */
  Push: 10,
  /** caller: [id, method, arguments, credit, handles?] */
  Open: 11,
  /** server: [id, items, handles?]; with handles, exactly one item */
  Items: 12,
  /** caller: [id, credit] */
  Credit: 13,
  /** server: [id, error?]. The stream has ended. */
  End: 14,
  /** either: [callback, arguments, id?]; with an id, a reply is expected */
  Callback: 15,
  /** either: [callback]. The callback will not be called again. */
  Release: 16,
  /** caller: [id]. The stream is no longer read. */
  Unsubscribe: 17,
  /**
   * server: []. The server listens from now on. An earlier hello may be lost if the channel does not queue messages.
   */
  Ready: 18,
} as const;

export type MessageKind = (typeof Kind)[keyof typeof Kind];
export const messageKinds = 19;

export type Message = readonly [kind: MessageKind, ...fields: unknown[]];

/** Returns the size of all fields of a message, including fields that nothing reads; `tooLarge` above the limit. */
export function sizeOfMessage(message: readonly unknown[], limit: number): Size {
  let size = 0;
  for (const field of message) {
    const own = sizeOf(field, limit - size);
    if (own === tooLarge) return tooLarge;
    size += own;
  }
  return size;
}

/** Describes the contract in a hello or refusal, for an error text. */
export const speaks = (name: unknown, version: unknown): string =>
  typeof name === 'string' && /^[a-z0-9-]{1,64}$/.test(name) && Number.isSafeInteger(version)
    ? `${name} version ${version}`
    : 'no contract';

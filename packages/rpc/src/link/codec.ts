import type { OutgoingCallback } from '../contract/handles.ts';
import { BadArgumentError, BadMessageError, LimitError } from '../errors.ts';
import { compact } from '../wire/compact.ts';
import { type Encoded, extractHandles, insertHandles } from '../wire/handles.ts';
import { parse } from '../wire/parse.ts';
import { sizeOf, tooLarge } from '../wire/size.ts';
import type { Body } from './methods.ts';

/** Part of the callbacks that the codec needs; see callbacks.ts. */
export interface CallbackTable {
  export(callback: OutgoingCallback): number;
  /** Withdraws callbacks that were exported for a message that was not sent. */
  withdraw(handles: Encoded['handles']): void;
  import(which: number): unknown;
  /** Releases the callbacks and closes the ports of a message that has no receiver. */
  drop(handles: unknown, ports: readonly unknown[]): void;
}

export interface Outgoing extends Encoded {
  bytes: number;
}

export interface Incoming {
  value: unknown;
  bytes: number;
}

const none: readonly never[] = [];

/**
 * Checks and encodes an outgoing value. Throws BadArgumentError if the contract does not allow it, and LimitError if it
 * is too large. Returns the schema's output, so properties that the contract does not name are not sent.
 */
export function encode(body: Body, given: unknown, callbacks: CallbackTable): Outgoing {
  const value = body.binary ? compact(given) : given;
  const bytes = body.check(value, body.maxBytes);
  return bytes < 0 ? encodeCarefully(body, value, callbacks) : { body: value, handles: none, ports: none, bytes };
}

function encodeCarefully(body: Body, value: unknown, callbacks: CallbackTable): Outgoing {
  const parsed = parse(body.schema, value);
  if (!parsed.ok) throw new BadArgumentError(`${body.where}${parsed.problem}`);
  const encoded = body.handles
    ? extractHandles(parsed.value, (callback) => callbacks.export(callback))
    : { body: parsed.value, handles: none, ports: none };
  const bytes = sizeOf(encoded.body, body.maxBytes);
  if (bytes === tooLarge) throw new LimitError(`${body.where}: larger than ${body.maxBytes} bytes, or nested too deep`);
  return { ...encoded, bytes };
}

/** Checks and decodes an incoming value: size, then handles, then schema. Throws BadMessageError. */
export function decode(
  body: Body,
  value: unknown,
  handles: unknown,
  ports: readonly unknown[],
  callbacks: CallbackTable,
): Incoming {
  if (handles === undefined && ports.length === 0) {
    const bytes = body.check(value, body.maxBytes);
    if (bytes >= 0) return { value, bytes };
  }
  return decodeCarefully(body, value, handles, ports, callbacks);
}

function decodeCarefully(
  body: Body,
  value: unknown,
  handles: unknown,
  ports: readonly unknown[],
  callbacks: CallbackTable,
): Incoming {
  const bytes = sizeOf(value, body.maxBytes);
  if (bytes === tooLarge) {
    throw new BadMessageError(`${body.where}: larger than ${body.maxBytes} bytes, or nested too deep`);
  }
  let whole = value;
  if (handles !== undefined || ports.length > 0) {
    if (!body.handles) throw new BadMessageError(`${body.where}: an unexpected callback or port`);
    whole = insertHandles(value, handles, ports, (which) => callbacks.import(which));
  }
  const parsed = parse(body.schema, whole);
  if (!parsed.ok) throw new BadMessageError(`${body.where}${parsed.problem}`);
  return { value: parsed.value, bytes };
}

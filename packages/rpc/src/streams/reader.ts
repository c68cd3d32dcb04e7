import type { StreamOptions } from '../contract/derive.ts';
import { BadMessageError } from '../errors.ts';
import { type CallbackTable, decode, type Outgoing } from '../link/codec.ts';
import type { Link } from '../link/link.ts';
import type { Stream } from '../link/methods.ts';
import { type Resolvers, withResolvers } from '../link/resolvers.ts';
import type { MethodCounters } from '../taps/counters.ts';
import { Kind } from '../wire/messages.ts';

type Result = IteratorResult<unknown, undefined>;

const done: Result = { done: true, value: undefined };

/** Table of open readers by number; see readers.ts. */
interface ReaderTable {
  register(reader: StreamReader): number;
  unregister(id: number): void;
}

/**
 * The reading end of one stream. It opens at the first `next`, and holds at most as many items as it has granted. Items
 * that have arrived can still be read after the stream has ended.
 */
export class StreamReader implements AsyncIterableIterator<unknown> {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #stream: Stream;
  readonly #table: ReaderTable;
  readonly #outgoing: Outgoing;
  readonly #signal: AbortSignal | undefined;
  readonly #highWaterMark: number;
  readonly #counters: MethodCounters | undefined;
  readonly #items: unknown[] = [];
  readonly #readers: Resolvers<Result>[] = [];
  readonly #onAbort = () => this.#abort();
  #state: 'new' | 'open' | 'ended' = 'new';
  #error: { thrown: unknown } | undefined;
  #id = 0;
  /** Number of granted items that have not arrived yet. */
  #expected: number;
  /** Number of items read since the last grant. */
  #read = 0;

  constructor(
    link: Link,
    callbacks: CallbackTable,
    stream: Stream,
    outgoing: Outgoing,
    options: StreamOptions | undefined,
    table: ReaderTable,
  ) {
    this.#link = link;
    this.#callbacks = callbacks;
    this.#stream = stream;
    this.#counters = link.meter.counters.methods[stream.index];
    this.#outgoing = outgoing;
    this.#signal = options?.signal;
    this.#highWaterMark = Math.max(1, options?.highWaterMark ?? stream.highWaterMark);
    this.#expected = this.#highWaterMark;
    this.#table = table;
  }

  get method(): string {
    return this.#stream.name;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.#state === 'new') this.#open();
    if (this.#items.length > 0) {
      const value = this.#items.shift();
      this.#grant();
      return Promise.resolve({ done: false, value });
    }
    if (this.#state === 'ended') return this.#finish();
    const reader = withResolvers<Result>();
    this.#readers.push(reader);
    return reader.promise;
  }

  return(): Promise<Result> {
    this.#items.length = 0;
    this.#leave();
    return Promise.resolve(done);
  }

  /** Takes items that have arrived. Throws BadMessageError. */
  take(items: unknown, handles: unknown, ports: readonly unknown[]): void {
    if (!Array.isArray(items) || items.length > this.#expected || (handles !== undefined && items.length !== 1)) {
      throw new BadMessageError(`${this.#stream.item.where}: more items than were asked for`);
    }
    for (const item of items as unknown[]) {
      const { value, bytes } = decode(this.#stream.item, item, handles, ports, this.#callbacks);
      this.#link.meter.received('item', this.#stream.name, this.#counters, bytes, item);
      this.#expected -= 1;
      const reader = this.#readers.shift();
      if (!reader) this.#items.push(value);
      else {
        reader.resolve({ done: false, value });
        this.#grant();
      }
    }
  }

  /** Ends the stream, because the other side has ended it or the connection has ended. */
  end(error: { thrown: unknown } | undefined): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#error = error;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    if (this.#id !== 0) {
      this.#table.unregister(this.#id);
      if (this.#counters) {
        this.#counters.inFlight -= 1;
        if (error) this.#counters.errors += 1;
      }
    }
    for (const reader of this.#readers.splice(0)) reader.resolve(this.#finish());
  }

  #open(): void {
    this.#state = 'open';
    if (this.#link.ended) this.end({ thrown: this.#link.endError(this.#stream.name) });
    else if (this.#signal?.aborted) this.#abort();
    else this.#subscribe();
  }

  #subscribe(): void {
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    const { name } = this.#stream;
    const { body, handles, ports, bytes } = this.#outgoing;
    try {
      this.#id = this.#table.register(this);
      if (this.#counters) this.#counters.inFlight += 1;
      const more = handles.length > 0 ? [handles] : [];
      this.#link.send([Kind.Open, this.#id, name, body, this.#expected, ...more], ports);
      this.#link.sent('stream', name, this.#counters, bytes, body);
    } catch (error) {
      this.end({ thrown: error });
    }
  }

  #abort(): void {
    const reason: unknown = this.#signal?.reason;
    this.#items.length = 0;
    this.#leave({ thrown: reason });
  }

  #leave(error?: { thrown: unknown }): void {
    if (this.#state === 'open' && this.#id !== 0 && !this.#link.takeBack(Kind.Open, this.#id)) {
      this.#link.send([Kind.Unsubscribe, this.#id]);
    }
    this.end(error);
  }

  /** Rejects with the error once; later reads are done. */
  #finish(): Promise<Result> {
    const error = this.#error;
    this.#error = undefined;
    return error ? Promise.reject(error.thrown) : Promise.resolve(done);
  }

  /** Grants credit when half of it is used, not for each item. */
  #grant(): void {
    this.#read += 1;
    if (this.#state !== 'open' || this.#read * 2 < this.#highWaterMark) return;
    this.#link.send([Kind.Credit, this.#id, this.#read]);
    this.#expected += this.#read;
    this.#read = 0;
  }
}

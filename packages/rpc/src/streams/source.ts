import type { Sink, StreamContext } from '../contract/derive.ts';
import { LimitError } from '../errors.ts';
import { type CallbackTable, encode, type Outgoing } from '../link/codec.ts';
import { describeError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import type { Stream } from '../link/methods.ts';
import type { PeerView } from '../link/peer.ts';
import { type Resolvers, withResolvers } from '../link/resolvers.ts';
import type { MethodCounters } from '../taps/counters.ts';
import { copyPlain } from '../wire/copy-plain.ts';
import { Kind } from '../wire/messages.ts';

/** Most items that a handler may put in the sink without waiting for room. */
const mostWaiting = 1024;
/** Size at which a batch is sent at once, bytes. */
const fullBatchBytes = 65_536;
/**
 * Rounds of the microtask queue without a new item after which a batch is complete. An async generator takes four
 * rounds for each item. Compared with a message, the cost of a round is too small to measure.
 */
const patienceRounds = 8;

/**
 * The serving end of one stream. It sends while it has credit, and the reader grants more as it reads. `end` is the
 * only way to end it, for either side.
 */
export class StreamSource implements StreamContext<unknown>, Sink<unknown> {
  readonly peer: PeerView;
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #id: number;
  readonly #stream: Stream;
  readonly #counters: MethodCounters | undefined;
  readonly #controller = new AbortController();
  readonly #closed = withResolvers<void>();
  readonly #waiting: unknown[] = [];
  /** Items of one turn, which share a message. */
  readonly #batch: unknown[] = [];
  #batchBytes = 0;
  /** State of a pending flush: number of items in the last round, and number of rounds without a new item. */
  #flushing: { items: number; idleRounds: number } | undefined;
  readonly #onEnd: () => void;
  #latest: { item: unknown } | undefined;
  #room: Resolvers<void> | undefined;
  #iterator: AsyncIterator<unknown> | undefined;
  #credit: number;
  #ended = false;

  constructor(link: Link, callbacks: CallbackTable, id: number, stream: Stream, credit: number, onEnd: () => void) {
    this.#link = link;
    this.#callbacks = callbacks;
    this.#id = id;
    this.#stream = stream;
    this.#credit = credit;
    this.#onEnd = onEnd;
    this.#counters = link.meter.counters.methods[stream.index];
    this.peer = link.peer;
  }

  get method(): string {
    return this.#stream.name;
  }

  get sink(): Sink<unknown> {
    return this;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Runs the handler, and ends the stream when the handler ends. */
  async run(handler: () => AsyncIterable<unknown> | Promise<void>): Promise<void> {
    try {
      const result = handler();
      if (Symbol.asyncIterator in result) await this.#drain(result[Symbol.asyncIterator]());
      else await result;
      while (this.#waiting.length > 0 || this.#latest) await this.#whenRoom();
      this.end({ by: 'source', error: undefined });
    } catch (error) {
      this.end({ by: 'source', error: { thrown: error } });
    }
  }

  push(item: unknown): Promise<void> {
    if (!this.#ended && this.#credit === 0 && this.#waiting.length >= mostWaiting) {
      return Promise.reject(new LimitError(`${this.#stream.item.where}: ${mostWaiting} items wait already`));
    }
    if (this.#credit > 0) this.#send(item);
    else if (!this.#ended) this.#waiting.push(item);
    return this.#whenRoom();
  }

  offer(item: unknown): boolean {
    if (this.#ended || this.#credit === 0) return false;
    this.#send(item);
    return !this.#ended;
  }

  latest(item: unknown): void {
    if (this.#credit > 0) this.#send(item);
    else if (!this.#ended) this.#latest = { item };
  }

  /** Adds credit: the reader has room for so many more items. */
  grant(credit: number): void {
    this.#credit += credit;
    while (this.#credit > 0 && this.#waiting.length > 0) this.#send(this.#waiting.shift());
    if (this.#credit > 0 && this.#latest) {
      const { item } = this.#latest;
      this.#latest = undefined;
      this.#send(item);
    }
    if (this.#credit === 0) return;
    this.#room?.resolve();
    this.#room = undefined;
  }

  /** Ends the stream, once. Later items of the handler are dropped. Tells the reader, unless the reader ended it. */
  end(how: { by: 'source'; error: { thrown: unknown } | undefined } | { by: 'reader'; reason: unknown }): void {
    if (this.#ended) return;
    if (how.by === 'source') {
      this.#flush();
      if (this.#ended) return; // the last batch could not be sent, and the reader has been told
      const { error } = how;
      const description = error && [describeError(error.thrown, this.#link.peerTrust === 'full')];
      this.#link.post([Kind.End, this.#id, ...(description ?? [])]);
    }
    this.#ended = true;
    this.#credit = 0;
    this.#waiting.length = 0;
    this.#latest = undefined;
    this.#controller.abort(how.by === 'reader' ? how.reason : undefined);
    this.#room?.reject(this.#controller.signal.reason);
    // A generator that waits for something else gets this when it continues.
    this.#link.attempt(() => this.#iterator?.return?.());
    this.#closed.resolve();
    this.#onEnd();
  }

  async #drain(iterator: AsyncIterator<unknown>): Promise<void> {
    this.#iterator = iterator;
    await this.#whenRoom();
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) break;
      await this.push(value);
    }
    this.#iterator = undefined;
  }

  #whenRoom(): Promise<void> {
    if (this.#ended) return handled(Promise.reject(this.#controller.signal.reason));
    if (this.#credit > 0) return ready;
    this.#room ??= withResolvers<void>();
    return handled(this.#room.promise);
  }

  /** Sends an item. If it cannot be sent, ends the stream and tells the reader, because no handler may be running. */
  #send(item: unknown): void {
    try {
      this.#sendEncoded(encode(this.#stream.item, item, this.#callbacks));
    } catch (error) {
      this.end({ by: 'source', error: { thrown: error } });
    }
  }

  #sendEncoded({ body, handles, ports, bytes }: Outgoing): void {
    this.#credit -= 1;
    this.#link.sent('item', this.#stream.name, this.#counters, bytes, body);
    if (handles.length > 0) {
      this.#flush();
      if (!this.#ended) this.#link.post([Kind.Items, this.#id, [body], handles], ports);
      return;
    }
    // The handler may change an item after sending it, so the batch needs a copy. Binary items are sent at once
    // instead.
    const { binary } = this.#stream.item;
    this.#batch.push(binary ? body : copyPlain(body));
    this.#batchBytes += bytes;
    if (binary || this.#credit === 0 || this.#batchBytes >= fullBatchBytes) this.#flush();
    else this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = { items: 0, idleRounds: 0 };
    queueMicrotask(this.#flushWhenIdle);
  }

  readonly #flushWhenIdle = (): void => {
    const flushing = this.#flushing;
    if (!flushing) return;
    const items = this.#batch.length;
    flushing.idleRounds = items > flushing.items ? 0 : flushing.idleRounds + 1;
    flushing.items = items;
    if (items > 0 && flushing.idleRounds < patienceRounds) queueMicrotask(this.#flushWhenIdle);
    else {
      this.#flushing = undefined;
      this.#flush();
    }
  };

  #flush(): void {
    if (this.#batch.length === 0 || this.#ended) return;
    this.#batchBytes = 0;
    try {
      this.#link.post([Kind.Items, this.#id, this.#batch.splice(0)]);
    } catch (error) {
      // An item is not cloneable.
      this.end({ by: 'source', error: { thrown: error } });
    }
  }
}

const ready = Promise.resolve();

/** Marks a promise as handled, because a handler need not wait for room. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

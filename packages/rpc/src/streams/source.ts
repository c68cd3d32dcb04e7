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
import { Frame } from '../wire/frames.ts';

/** Items that a handler may have put in the sink without waiting for room. */
const mostWaiting = 1024;
/** What has been gathered goes at once when it is so much, bytes. */
const fullBatchBytes = 65_536;
/**
 * Rounds of the microtask queue without a new item after which this turn of the event loop has no more of them. An async
 * generator takes four for each. They cost nothing that could be measured beside a message.
 */
const patienceRounds = 8;

/**
 * The serving end of one stream. It sends while it has credit; the reader grants more as it reads. `end` is the one
 * way out, whoever wants it.
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
  /** Items of one turn, which travel together. */
  readonly #batch: unknown[] = [];
  #batchBytes = 0;
  /** While a flush is to come: how much there was in the last round, and in how many rounds nothing has come. */
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

  /** Runs the handler to its end and ends the stream with it. */
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

  /** The reader has room for so many more. */
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

  /** Once; what the handler does afterwards is dropped. The reader is told, unless it is the one who ended it. */
  end(how: { by: 'source'; error: { thrown: unknown } | undefined } | { by: 'reader'; reason: unknown }): void {
    if (this.#ended) return;
    if (how.by === 'source') {
      this.#flush();
      if (this.#ended) return; // what was still to go could not be sent: the reader has been told that
      const { error } = how;
      const description = error && [describeError(error.thrown, this.#link.peerTrust === 'full')];
      this.#link.post([Frame.End, this.#id, ...(description ?? [])]);
    }
    this.#ended = true;
    this.#credit = 0;
    this.#waiting.length = 0;
    this.#latest = undefined;
    this.#controller.abort(how.by === 'reader' ? how.reason : undefined);
    this.#room?.reject(this.#controller.signal.reason);
    // A generator that waits elsewhere gets this when it comes back.
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

  /** An item that cannot be sent ends the stream, and its reader is told: the handler may be in no call just now. */
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
      if (!this.#ended) this.#link.post([Frame.Items, this.#id, [body], handles], ports);
      return;
    }
    // The handler may go on to change what it has sent. Binary is not copied twice for that: it goes at once.
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
      this.#link.post([Frame.Items, this.#id, this.#batch.splice(0)]);
    } catch (error) {
      // Not cloneable.
      this.end({ by: 'source', error: { thrown: error } });
    }
  }
}

const ready = Promise.resolve();

/** A handler need not wait for room; what it does not wait for must not surface as unhandled. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

import type { Callbacks } from '../calls/callbacks.ts';
import type { StreamOptions } from '../contract/derive.ts';
import { LimitError } from '../errors.ts';
import { type CallbackTable, encode } from '../link/codec.ts';
import { readError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import type { Stream } from '../link/methods.ts';
import { Kind } from '../wire/messages.ts';
import { assertId } from '../wire/parse.ts';
import { StreamReader } from './reader.ts';

/** The open streams that this side reads. */
export class StreamReaders {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #open = new Map<number, StreamReader>();
  #lastId = 0;

  constructor(link: Link, callbacks: Callbacks) {
    this.#link = link;
    this.#callbacks = callbacks;
    link.on(Kind.Items, (ports, id, items, handles) => {
      assertId(id);
      const reader = this.#open.get(id);
      if (reader) reader.take(items, handles, ports);
      // The items were in transit when the reader left.
      else callbacks.drop(handles, ports);
    });
    link.on(Kind.End, (_ports, id, error) => {
      assertId(id);
      const thrown = error === undefined ? undefined : { thrown: readError(error, link.peerTrust === 'full') };
      this.#open.get(id)?.end(thrown);
    });
    link.onEnd(() => {
      for (const reader of [...this.#open.values()]) reader.end({ thrown: link.endError(reader.method) });
    });
  }

  make(stream: Stream, args: unknown[], options: StreamOptions | undefined): StreamReader {
    return new StreamReader(
      this.#link,
      this.#callbacks,
      stream,
      encode(stream.input, args, this.#callbacks),
      options,
      this,
    );
  }

  /** Adds a reader and returns its number. Throws LimitError. */
  register(reader: StreamReader): number {
    const { maxStreams } = this.#link.peerLimits;
    if (this.#open.size >= maxStreams) {
      throw new LimitError(`${this.#link.contract}: ${maxStreams} streams are already open`);
    }
    this.#open.set(++this.#lastId, reader);
    return this.#lastId;
  }

  unregister(id: number): void {
    this.#open.delete(id);
  }
}

import type { Callbacks } from '../calls/callbacks.ts';
import { BadMessageError, LimitError } from '../errors.ts';
import { decode } from '../link/codec.ts';
import { describeError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import { Kind } from '../wire/messages.ts';
import { assertCount, assertId } from '../wire/parse.ts';
import { StreamSource } from './source.ts';

export type StreamHandler = (...args: unknown[]) => AsyncIterable<unknown> | Promise<void>;

/** Most credit that a reader may grant at once, more than any reader needs. */
const mostCredit = 1_000_000;

/** Serves the streams of a connection. The caller opens them, grants credit and ends them. */
export function serveStreams(link: Link, callbacks: Callbacks, handlers: ReadonlyMap<string, StreamHandler>): void {
  const open = new Map<number, StreamSource>();
  const { meter } = link;

  link.on(Kind.Open, (ports, id, name, args, credit, handles) => {
    const stream = link.methods.streams.get(name as string);
    const handler = handlers.get(name as string);
    if (!stream || !handler) throw new BadMessageError('a subscription to an unknown stream');
    assertId(id);
    assertCount(credit, mostCredit);
    if (open.has(id)) throw new BadMessageError(`${stream.input.where}: the id is in use`);
    const { value, bytes } = decode(stream.input, args, handles, ports, callbacks);
    const counters = meter.counters.methods[stream.index];
    meter.received('stream', stream.name, counters, bytes, args);
    if (open.size >= link.limits.maxStreams) {
      const error = new LimitError(`${stream.input.where}: too many streams at once`);
      link.post([Kind.End, id, describeError(error, link.peerTrust === 'full')]);
      return;
    }
    const source = new StreamSource(link, callbacks, id, stream, credit, () => {
      open.delete(id);
      if (counters) counters.inFlight -= 1;
    });
    open.set(id, source);
    if (counters) counters.inFlight += 1;
    void source.run(() => handler(...(value as unknown[]), source));
  });

  link.on(Kind.Credit, (_ports, id, credit) => {
    assertId(id);
    assertCount(credit, mostCredit);
    open.get(id)?.grant(credit);
  });

  link.on(Kind.Unsubscribe, (_ports, id) => {
    assertId(id);
    open.get(id)?.end({ by: 'reader', reason: new Error('the reader left') });
  });

  link.onEnd(() => {
    for (const source of [...open.values()]) source.end({ by: 'reader', reason: link.endError(source.method) });
  });
}

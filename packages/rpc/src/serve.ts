import { Callbacks } from './calls/callbacks.ts';
import { Request } from './calls/request.ts';
import type { Contract } from './contract/define.ts';
import type { Handlers, PushSenders } from './contract/derive.ts';
import type { Endpoint } from './endpoint.ts';
import { BadMessageError, ContractMismatchError, LimitError } from './errors.ts';
import { decode } from './link/codec.ts';
import { describeError } from './link/describe-error.ts';
import { type CloseReason, type ConnectionOptions, Link } from './link/link.ts';
import type { PeerView } from './link/peer.ts';
import { pushReceiver, pushSenders } from './pushes.ts';
import { StreamSource } from './streams/source.ts';
import type { PortCounters } from './taps/counters.ts';
import { Frame } from './wire/frames.ts';
import { assertCount, assertId } from './wire/parse.ts';

/** What both ends of a port offer. */
export interface Connection {
  readonly peer: PeerView;
  readonly counters: PortCounters;
  /** Resolves when both sides have agreed on the contract; rejects with the reason when it ends before. */
  readonly opened: Promise<void>;
  /** Settles when the connection has ended, and never rejects. */
  readonly closed: Promise<CloseReason>;
  /** Undefined while open. */
  readonly ended: CloseReason | undefined;
  /** Ends it from this side: pending calls reject with ClosedError, and the peer is told. */
  close(): void;
}

export interface Served<C extends Contract> extends Connection {
  /** One way, to the caller. Dropped when the connection has ended. */
  readonly push: PushSenders<C, 'toCaller'>;
}

type AnyHandler = (...args: unknown[]) => unknown;
type StreamRun = (...args: unknown[]) => AsyncIterable<unknown> | Promise<void>;

/** Answers a contract's caller at the other end of `endpoint`, from now on until `close` or its death. */
export function serve<C extends Contract>(
  contract: C,
  endpoint: Endpoint,
  handlers: NoInfer<Handlers<C>>,
  options: ConnectionOptions = {},
): Served<C> {
  const link = new Link(contract, 'server', endpoint, options);
  const callbacks = new Callbacks(link);
  // The compiler has checked them against the contract; from here on they are found by name.
  const byName = new Map(Object.entries(handlers as Record<string, AnyHandler>));
  const bound = (name: string): AnyHandler => {
    const handler = byName.get(name);
    if (typeof handler !== 'function') throw new Error(`${contract.name}.${name}: it has no handler`);
    return handler.bind(handlers);
  };
  for (const name of link.methods.calls.keys()) callbacks.responder.define(name, bound(name));

  link.on(Frame.Hello, (_ports, name, version) => {
    if (name === contract.name && version === link.version) {
      admit(link, callbacks, bound);
      link.post([Frame.Welcome]);
      link.agree();
    } else refuse(link, name, version);
  });
  link.start();
  return {
    push: pushSenders<PushSenders<C, 'toCaller'>>(link, callbacks, link.methods.pushesToCaller),
    peer: link.peer,
    counters: link.counters,
    opened: link.opened,
    closed: link.closed,
    get ended() {
      return link.ended;
    },
    close: () => link.close(),
  };
}

/** After a good hello, and only then, the rest of the contract may be used. */
function admit(link: Link, callbacks: Callbacks, bound: (name: string) => AnyHandler): void {
  const { calls, pushesToServer, streams } = link.methods;
  link.on(Frame.Hello, () => {
    throw new BadMessageError('a second hello');
  });
  link.on(Frame.Call, (ports, id, name, args, handles) => {
    const call = calls.get(name as string);
    if (!call) throw new BadMessageError('a call of no known method');
    assertId(id);
    const { value, bytes } = decode(call.input, args, handles, ports, callbacks);
    const counters = link.counters.methods[call.index];
    link.received('call', call.name, counters, bytes);
    callbacks.responder.answer(new Request(id, call.name, value as unknown[], call.output, counters, link.peer));
  });
  const pushHandlers = new Map(Array.from(pushesToServer.keys(), (name) => [name, bound(name)]));
  pushReceiver(link, callbacks, pushesToServer, ({ name }, args) => {
    pushHandlers.get(name)?.(...args, link);
    return true;
  });
  serveStreams(link, callbacks, new Map(Array.from(streams.keys(), (name) => [name, bound(name) as StreamRun])));
}

function serveStreams(link: Link, callbacks: Callbacks, handlers: ReadonlyMap<string, StreamRun>): void {
  const open = new Map<number, StreamSource>();
  link.on(Frame.Open, (ports, id, name, args, credit, handles) => {
    const stream = link.methods.streams.get(name as string);
    const handler = handlers.get(name as string);
    if (!stream || !handler) throw new BadMessageError('a subscription to no known stream');
    assertId(id);
    assertCount(credit, mostCredit);
    if (open.has(id)) throw new BadMessageError(`${stream.input.where}: an id that is in use`);
    const { value, bytes } = decode(stream.input, args, handles, ports, callbacks);
    const counters = link.counters.methods[stream.index];
    link.received('stream', stream.name, counters, bytes);
    if (open.size >= link.limits.maxStreams) {
      const error = new LimitError(`${stream.input.where}: too many streams at once`);
      link.post([Frame.End, id, describeError(error, link.peerTrust === 'full')]);
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
  link.on(Frame.Credit, (_ports, id, credit) => {
    assertCount(credit, mostCredit);
    open.get(Number(id))?.grant(credit);
  });
  link.on(Frame.Unsubscribe, (_ports, id) => {
    open.get(Number(id))?.end({ by: 'reader', reason: new Error('the reader left') });
  });
  link.onEnd(() => {
    for (const source of [...open.values()]) source.end({ by: 'reader', reason: link.endError(undefined) });
  });
}

const mostCredit = 1_000_000;

function refuse(link: Link, name: unknown, version: unknown): void {
  const theirs =
    typeof name === 'string' && Number.isSafeInteger(version) ? `${name.slice(0, 64)} ${version}` : 'nothing';
  link.post([Frame.Refuse, link.contract, link.version]);
  link.end({
    by: 'a mismatch',
    error: new ContractMismatchError(
      `${link.contract}: this side serves version ${link.version}, ${link.peer.name} speaks ${theirs}`,
    ),
  });
}

import { Callbacks } from './calls/callbacks.ts';
import type { Contract } from './contract/define.ts';
import type {
  CallOptions,
  PushListeners,
  PushSenders,
  RemoteCalls,
  RemoteStreams,
  StreamOptions,
} from './contract/derive.ts';
import type { Endpoint } from './endpoint.ts';
import { BadArgumentError, BadMessageError, ContractMismatchError, LimitError } from './errors.ts';
import { encode } from './link/codec.ts';
import { readError } from './link/describe-error.ts';
import { type ConnectionOptions, Link } from './link/link.ts';
import type { Call, Method } from './link/methods.ts';
import { pushReceiver, pushSenders } from './pushes.ts';
import type { Connection } from './serve.ts';
import { StreamReader } from './streams/reader.ts';
import { Frame } from './wire/frames.ts';

export interface Remote<C extends Contract> extends Connection {
  /** Asks and replies. Each takes the declared arguments and, after all of them, CallOptions. */
  readonly call: RemoteCalls<C>;
  /** One way, to the server. Dropped when the connection has ended. */
  readonly push: PushSenders<C, 'toServer'>;
  /** Listens to what the server pushes; returns how to stop. */
  readonly on: PushListeners<C>;
  /** Subscribes at the first `next`; `return` (leaving a for await) or the signal unsubscribes. */
  readonly stream: RemoteStreams<C>;
}

/**
 * Calls a contract's server at the other end of `endpoint`. What is called before the server is there waits for it, as
 * long as each call's deadline lasts.
 */
export function connect<C extends Contract>(
  contract: C,
  endpoint: Endpoint,
  options: ConnectionOptions = {},
): Remote<C> {
  const link = new Link(contract, 'caller', endpoint, options);
  const callbacks = new Callbacks(link);
  const remote: Remote<C> = {
    call: callers<RemoteCalls<C>>(link, callbacks),
    push: pushSenders<PushSenders<C, 'toServer'>>(link, callbacks, link.methods.pushesToServer),
    on: listeners<PushListeners<C>>(link, callbacks),
    stream: readers<RemoteStreams<C>>(link, callbacks),
    peer: link.peer,
    counters: link.counters,
    opened: link.opened,
    closed: link.closed,
    get ended() {
      return link.ended;
    },
    close: () => link.close(),
  };
  link.on(Frame.Welcome, () => {
    if (link.isOpen) throw new BadMessageError('a second welcome');
    link.agree();
  });
  link.on(Frame.Refuse, (_ports, name, version) => {
    const theirs =
      typeof name === 'string' && Number.isSafeInteger(version)
        ? `${name.slice(0, 64)} ${version}`
        : 'another contract';
    const message = `${link.contract}: this side calls version ${link.version}, ${link.peer.name} serves ${theirs}`;
    link.end({ by: 'a mismatch', error: new ContractMismatchError(message) });
  });
  link.start();
  link.post([Frame.Hello, contract.name, link.version]);
  return remote;
}

/** What was passed after the declared arguments. */
function optionsAfter(method: Method, all: unknown[]): unknown {
  if (all.length > method.arity + 1) throw new BadArgumentError(`${method.input.where}: too many arguments`);
  return all[method.arity];
}

const declared = ({ arity }: Method, all: unknown[]): unknown[] => (all.length > arity ? all.slice(0, arity) : all);

// The three below are made from the same declarations that the types are derived from.

function callers<Callers>(link: Link, callbacks: Callbacks): Callers {
  const caller = (call: Call) => {
    const question = {
      method: call.name,
      output: call.output,
      deadlineMs: call.deadlineMs,
      counters: link.counters.methods[call.index],
      frame: (id: number, { body, handles }: { body: unknown; handles: readonly unknown[] }) =>
        handles.length > 0
          ? ([Frame.Call, id, call.name, body, handles] as const)
          : ([Frame.Call, id, call.name, body] as const),
    };
    return (...all: unknown[]): Promise<unknown> => {
      try {
        const options = optionsAfter(call, all) as CallOptions | undefined;
        return callbacks.requester.ask(question, encode(call.input, declared(call, all), callbacks), options);
      } catch (error) {
        return Promise.reject(error);
      }
    };
  };
  return byName(link.methods.calls, caller);
}

type Listener = (...args: unknown[]) => void;

function listeners<Listeners>(link: Link, callbacks: Callbacks): Listeners {
  const heardBy = new Map(Array.from(link.methods.pushesToCaller.values(), (push) => [push, new Set<Listener>()]));
  pushReceiver(link, callbacks, link.methods.pushesToCaller, (push, args) => {
    const heard = [...(heardBy.get(push) ?? [])];
    for (const listener of heard) listener(...args);
    return heard.length > 0;
  });
  link.onEnd(() => heardBy.clear());
  return byName(link.methods.pushesToCaller, (push) => (listener: Listener) => {
    heardBy.get(push)?.add(listener);
    return () => void heardBy.get(push)?.delete(listener);
  });
}

function readers<Readers>(link: Link, callbacks: Callbacks): Readers {
  const open = new Map<number, StreamReader>();
  let lastId = 0;
  const table = {
    register: (reader: StreamReader): number => {
      const { maxStreams } = link.peerLimits;
      if (open.size >= maxStreams) throw new LimitError(`${link.contract}: ${maxStreams} streams are already open`);
      open.set(++lastId, reader);
      return lastId;
    },
    unregister: (id: number) => void open.delete(id),
  };
  link.on(Frame.Items, (ports, id, items, handles) => {
    const reader = open.get(Number(id));
    // Items that were on their way when the reader left.
    if (reader) reader.take(items, handles, ports);
  });
  link.on(Frame.End, (_ports, id, error) => {
    const trusted = link.peerTrust === 'full';
    open.get(Number(id))?.end(error === undefined ? undefined : { thrown: readError(error, trusted) });
  });
  link.onEnd(() => {
    for (const reader of [...open.values()]) reader.end({ thrown: link.endError(undefined) });
  });
  return byName(link.methods.streams, (stream) => (...all: unknown[]) => {
    const options = optionsAfter(stream, all) as StreamOptions | undefined;
    return new StreamReader(link, callbacks, stream, encode(stream.input, declared(stream, all), callbacks), options, table);
  });
}

function byName<M extends Method, Result>(methods: ReadonlyMap<string, M>, make: (method: M) => unknown): Result {
  return Object.freeze(Object.fromEntries(Array.from(methods, ([name, method]) => [name, make(method)]))) as Result;
}

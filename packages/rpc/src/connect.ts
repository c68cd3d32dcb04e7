import { Callbacks } from './calls/callbacks.ts';
import type { Contract } from './contract/declarations.ts';
import type {
  CallOptions,
  PushListeners,
  PushSenders,
  RemoteCalls,
  RemoteStreams,
  StreamOptions,
} from './contract/derive.ts';
import type { Endpoint } from './endpoint.ts';
import { BadArgumentError, BadMessageError, ContractMismatchError } from './errors.ts';
import { byName } from './link/by-name.ts';
import { encode, type Outgoing } from './link/codec.ts';
import type { Connection, ConnectionOptions } from './link/connection.ts';
import { Link } from './link/link.ts';
import { LinkConnection } from './link/link-connection.ts';
import type { Call, Method, Stream } from './link/methods.ts';
import { receivePushes, sendPush } from './pushes.ts';
import { StreamReaders } from './streams/readers.ts';
import { Kind, type Message, speaks } from './wire/messages.ts';

/** The caller's end of a port. */
export interface Remote<C extends Contract> extends Connection {
  /** Calls with replies. Each takes the declared arguments and, after all of them, CallOptions. */
  readonly call: RemoteCalls<C>;
  /** One-way messages to the server. Each returns whether it was sent; see PushSenders. */
  readonly push: PushSenders<C, 'toServer'>;
  /** Listens to pushes of the server. Returns a function that stops listening. */
  readonly on: PushListeners<C>;
  /** Streams. The first `next` subscribes; `return` (leaving a for await) or the signal unsubscribes. */
  readonly stream: RemoteStreams<C>;
}

/**
 * Connects to a contract's server at the other end of `endpoint`. Calls that are made before the server is ready wait
 * for it until their deadlines.
 * @param contract the same as the server's: name and version are compared
 * @param endpoint not yet started; `close` and the end of the connection close it
 * @param options `peer`: name of the server in errors; `heartbeat`: intervals, ms
 * @returns functions for the calls, pushes and streams of the contract
 */
export function connect<C extends Contract>(
  contract: C,
  endpoint: Endpoint,
  options: ConnectionOptions = {},
): Remote<C> {
  const link = new Link(contract, 'caller', endpoint, options);
  const callbacks = new Callbacks(link);
  const { calls, pushesToServer, streams } = link.methods;
  const readers = new StreamReaders(link, callbacks);
  const remote = Object.assign(new LinkConnection(link), {
    call: byName<Call, RemoteCalls<C>>(calls, (call) => makeCaller(link, callbacks, call)),
    push: byName<Method, PushSenders<C, 'toServer'>>(pushesToServer, (method) => (...args: unknown[]) => {
      return sendPush(link, callbacks, method, args);
    }),
    on: listenToPushes<PushListeners<C>>(link, callbacks),
    stream: byName<Stream, RemoteStreams<C>>(streams, (stream) => (...all: unknown[]) => {
      return readers.make(stream, declared(stream, all), optionsAfter(stream, all) as StreamOptions | undefined);
    }),
  });
  link.on(Kind.Welcome, () => {
    if (link.isOpen) throw new BadMessageError('a second welcome');
    link.agree();
  });
  link.on(Kind.Refuse, (_ports, name, version) => {
    const theirs = `${link.peer.name} serves ${speaks(name, version)}`;
    const message = `${link.contract}: this side calls version ${link.version}, ${theirs}`;
    link.end({ by: 'a mismatch', error: new ContractMismatchError(message) });
  });
  const hello = () => link.post([Kind.Hello, contract.name, link.version]);
  link.on(Kind.Ready, () => {
    link.on(Kind.Ready, () => {
      throw new BadMessageError('a second ready');
    });
    if (!link.isOpen) hello();
  });
  link.start();
  hello();
  return remote;
}

/** Returns the argument after the declared ones. */
function optionsAfter(method: Method, all: unknown[]): unknown {
  if (all.length > method.arity + 1) throw new BadArgumentError(`${method.input.where}: too many arguments`);
  return all[method.arity];
}

const declared = ({ arity }: Method, all: unknown[]): unknown[] => (all.length > arity ? all.slice(0, arity) : all);

function makeCaller(link: Link, callbacks: Callbacks, call: Call): (...all: unknown[]) => Promise<unknown> {
  const question = {
    method: call.name,
    output: call.output,
    deadlineMs: call.deadlineMs,
    counters: link.meter.counters.methods[call.index],
    frame: (id: number, { body, handles }: Outgoing): Message =>
      handles.length > 0 ? [Kind.Call, id, call.name, body, handles] : [Kind.Call, id, call.name, body],
  };
  return (...all) => {
    try {
      const options = optionsAfter(call, all) as CallOptions | undefined;
      return callbacks.requester.ask(question, encode(call.input, declared(call, all), callbacks), options);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

type Listener = (...args: unknown[]) => unknown;

function listenToPushes<Listeners>(link: Link, callbacks: Callbacks): Listeners {
  const { pushesToCaller } = link.methods;
  const heardBy = new Map(Array.from(pushesToCaller.values(), (push) => [push, new Set<Listener>()]));
  receivePushes(link, callbacks, pushesToCaller, (push, args) => {
    const heard = [...(heardBy.get(push) ?? [])];
    for (const listener of heard) link.attempt(() => listener(...args));
    return heard.length > 0;
  });
  link.onEnd(() => heardBy.clear());
  return byName(pushesToCaller, (push) => (listener: Listener) => {
    // Each call adds a new function, so that the same listener can be added twice.
    const own: Listener = (...args) => listener(...args);
    heardBy.get(push)?.add(own);
    return () => void heardBy.get(push)?.delete(own);
  });
}

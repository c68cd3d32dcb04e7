import { Callbacks } from './calls/callbacks.ts';
import { Request, type Target } from './calls/request.ts';
import type { Contract } from './contract/declarations.ts';
import type { Handlers, PushSenders } from './contract/derive.ts';
import type { Endpoint } from './endpoint.ts';
import { BadMessageError, ContractMismatchError } from './errors.ts';
import { byName } from './link/by-name.ts';
import { decode } from './link/codec.ts';
import type { Connection, ConnectionOptions } from './link/connection.ts';
import { describeError } from './link/describe-error.ts';
import { Link } from './link/link.ts';
import { LinkConnection } from './link/link-connection.ts';
import type { Call, Method } from './link/methods.ts';
import { receivePushes, sendPush } from './pushes.ts';
import { type StreamHandler, serveStreams } from './streams/sources.ts';
import { Kind, speaks } from './wire/messages.ts';
import { assertId } from './wire/parse.ts';

/** The server's end of a port. */
export interface Served<C extends Contract> extends Connection {
  /** One-way messages to the caller. Each returns whether it was sent; see PushSenders. */
  readonly push: PushSenders<C, 'toCaller'>;
}

type Handler = (...args: unknown[]) => unknown;

/**
 * Serves a contract's caller at the other end of `endpoint`, until `close` or the caller's death.
 * @param contract the same as the caller's: name and version are compared
 * @param endpoint not yet started; `close` and the end of the connection close it
 * @param handlers one function for each call, push to the server and stream
 * @param options `peer`: name of the caller in errors; `heartbeat`: intervals, ms
 * @returns the connection, with functions for the pushes to the caller
 * @throws if a handler is missing
 */
export function serve<C extends Contract>(
  contract: C,
  endpoint: Endpoint,
  handlers: NoInfer<Handlers<C>>,
  options: ConnectionOptions = {},
): Served<C> {
  const link = new Link(contract, 'server', endpoint, options);
  const callbacks = new Callbacks(link);
  const { calls, pushesToServer, pushesToCaller, streams } = link.methods;
  const find = <M extends Method>(methods: ReadonlyMap<string, M>) => bind(contract.name, methods, handlers);
  const [callHandlers, pushHandlers, streamHandlers] = [find(calls), find(pushesToServer), find(streams)];

  // Nothing else is accepted before a matching hello.
  link.on(Kind.Hello, (_ports, name, version) => {
    if (name !== contract.name || version !== link.version) {
      refuse(link, name, version);
      return;
    }
    // A second hello is valid: the first may have been in transit when this side sent its ready.
    link.on(Kind.Hello, () => {
      link.on(Kind.Hello, () => {
        throw new BadMessageError('a third hello');
      });
    });
    const context = { peer: link.peer };
    serveCalls(link, callbacks, callHandlers);
    receivePushes(link, callbacks, pushesToServer, (push, args) => {
      link.attempt(() => pushHandlers.get(push.name)?.(...args, context));
      return true;
    });
    serveStreams(link, callbacks, streamHandlers as ReadonlyMap<string, StreamHandler>);
    link.post([Kind.Welcome]);
    link.agree();
  });
  link.start();
  link.post([Kind.Ready]);
  return Object.assign(new LinkConnection(link), {
    push: byName<Method, PushSenders<C, 'toCaller'>>(pushesToCaller, (method) => (...args: unknown[]) => {
      return sendPush(link, callbacks, method, args);
    }),
  });
}

function serveCalls(link: Link, callbacks: Callbacks, handlers: ReadonlyMap<string, Handler>): void {
  const { meter } = link;
  const calls = new Map<string, { call: Call; target: Target }>();
  for (const [name, handler] of handlers) {
    const call = link.methods.calls.get(name);
    if (!call) continue;
    const target = { method: name, output: call.output, counters: meter.counters.methods[call.index], handler };
    calls.set(name, { call, target });
  }
  link.on(Kind.Call, (ports, id, name, args, handles) => {
    const found = calls.get(name as string);
    if (!found) throw new BadMessageError('a call of an unknown method');
    assertId(id);
    try {
      const { value, bytes } = decode(found.call.input, args, handles, ports, callbacks);
      const { target } = found;
      meter.received('call', target.method, target.counters, bytes, args);
      callbacks.responder.answer(new Request(id, target, value as unknown[], link.peer));
    } catch (error) {
      // A fully trusted caller stays connected, so answer it now instead of letting its deadline pass.
      if (link.peerTrust === 'full') link.post([Kind.Fail, id, describeError(error, true)]);
      throw error;
    }
  });
}

/** Returns the handlers of these methods by name, bound to `handlers`. Throws if one is missing. */
function bind(contract: string, methods: ReadonlyMap<string, Method>, handlers: object): Map<string, Handler> {
  const bound = new Map<string, Handler>();
  for (const name of methods.keys()) {
    const handler: unknown = Reflect.get(handlers, name);
    if (typeof handler !== 'function') throw new TypeError(`${contract}.${name}: no handler`);
    bound.set(name, handler.bind(handlers) as Handler);
  }
  return bound;
}

function refuse(link: Link, name: unknown, version: unknown): void {
  const theirs = `${link.peer.name} speaks ${speaks(name, version)}`;
  const message = `${link.contract}: this side serves version ${link.version}, ${theirs}`;
  link.post([Kind.Refuse, link.contract, link.version]);
  link.end({ by: 'a mismatch', error: new ContractMismatchError(message) });
}

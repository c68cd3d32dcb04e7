import { expose } from 'comlink';
import type { CallContext } from '../contract/derive.ts';
import { BadMessageError, LimitError } from '../errors.ts';
import { type CallbackTable, encode } from '../link/codec.ts';
import { describeError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import type { Body } from '../link/methods.ts';
import type { PeerView } from '../link/peer.ts';
import type { MethodCounters } from '../taps/counters.ts';
import { Frame } from '../wire/frames.ts';
import { ComlinkEndpoint } from './comlink-endpoint.ts';

/** A call that has passed the guard. */
export interface Request {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly output: Body;
  readonly counters: MethodCounters | undefined;
}

type Target = (...args: unknown[]) => unknown;
type ComlinkReply = { id: number } & ({ type: 'RAW'; value: unknown } | { type: 'HANDLER' });

/**
 * The answering side of calls. Comlink invokes the handler and waits for it; what reaches Comlink has been parsed and
 * built anew by the guard, and names one function of an object that has no prototype.
 */
export class Responder {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #running = new Map<number, Running>();
  readonly #targets: Record<string, (running: Running) => unknown> = Object.create(null);
  readonly #comlink = new ComlinkEndpoint<ComlinkReply>((reply) => this.#fromComlink(reply));

  constructor(link: Link, callbacks: CallbackTable) {
    this.#link = link;
    this.#callbacks = callbacks;
    expose(this.#targets, this.#comlink);
    link.on(Frame.Cancel, ([, id]) => this.#running.get(Number(id))?.abort(new Error('the caller cancelled')));
    link.onEnd(() => this.#end());
  }

  /** Makes a function callable. `target` gets the arguments and, last, a CallContext. */
  define(name: string, target: Target): void {
    this.#targets[name] = (running) => {
      try {
        const result = target(...running.request.args, running);
        return isThenable(result) ? Promise.resolve(result).catch((error: unknown) => running.fail(error)) : result;
      } catch (error) {
        return running.fail(error);
      }
    };
  }

  /** Throws BadMessageError when the id is in use. */
  answer(request: Request, target: string = request.method): void {
    const { id, counters } = request;
    if (this.#running.has(id)) throw new BadMessageError(`${request.output.where}: an id that is in use`);
    const running = new Running(request, this.#link.peer);
    if (this.#running.size >= this.#link.limits.maxCalls) {
      this.#fail(running, new LimitError(`${this.#link.contract}.${request.method}: too many calls at once`));
      return;
    }
    this.#running.set(id, running);
    if (counters) counters.inFlight += 1;
    this.#comlink.deliver({ id, type: 'APPLY', path: [target], argumentList: [{ type: 'RAW', value: running }] });
  }

  #fromComlink(reply: ComlinkReply): void {
    const running = this.#running.get(reply.id);
    if (!running) return;
    this.#running.delete(reply.id);
    const { counters } = running.request;
    if (counters) counters.inFlight -= 1;
    if (running.aborted || this.#link.ended) return;
    if (reply.type === 'RAW') this.#reply(running, reply.value);
    else this.#fail(running, running.error);
  }

  #reply(running: Running, value: unknown): void {
    const { id, method, output, counters } = running.request;
    try {
      const { body, handles, ports, bytes } = encode(output, value, this.#callbacks);
      this.#link.post(handles.length > 0 ? [Frame.Reply, id, body, handles] : [Frame.Reply, id, body], ports);
      this.#link.sent('reply', method, counters, bytes, running.startedAt);
    } catch (error) {
      this.#fail(running, error);
    }
  }

  #fail({ request, startedAt }: Running, error: unknown): void {
    const { id, method, counters } = request;
    if (counters) counters.errors += 1;
    this.#link.post([Frame.Fail, id, describeError(error, this.#link.peerTrust === 'full')]);
    this.#link.sent('error', method, counters, 0, startedAt);
  }

  #end(): void {
    for (const running of this.#running.values()) {
      running.abort(this.#link.endError(running.request.method));
      const { counters } = running.request;
      if (counters) counters.inFlight -= 1;
    }
    this.#running.clear();
  }
}

/** A call while its handler runs; also the context that the handler gets. */
class Running implements CallContext {
  readonly request: Request;
  readonly peer: PeerView;
  readonly startedAt = performance.now();
  aborted = false;
  error: unknown;
  #reason: unknown;
  #controller: AbortController | undefined;

  constructor(request: Request, peer: PeerView) {
    this.request = request;
    this.peer = peer;
  }

  // Most handlers never look, and a controller costs as much as a small call.
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
  }

  /** Keeps what was thrown, which Comlink would strip of its code. */
  fail(error: unknown): never {
    this.error = error;
    throw error;
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

import { expose } from 'comlink';
import { BadMessageError, LimitError } from '../errors.ts';
import { type CallbackTable, encode } from '../link/codec.ts';
import { describeError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import { Kind } from '../wire/messages.ts';
import { assertId } from '../wire/parse.ts';
import { ComlinkEndpoint } from './comlink-endpoint.ts';
import type { Request } from './request.ts';

type ComlinkReply = { id: Request; type: 'RAW' | 'HANDLER' };

/**
 * The answering side of calls. Comlink invokes the handler and waits for it. Comlink gets only messages that the guard
 * has parsed and rebuilt, which call the one exposed function.
 */
export class Responder {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #running = new Map<number, Request>();
  readonly #comlink = new ComlinkEndpoint<ComlinkReply>((reply) => this.#fromComlink(reply));

  constructor(link: Link, callbacks: CallbackTable) {
    this.#link = link;
    this.#callbacks = callbacks;
    expose((request: Request) => this.#invoke(request), this.#comlink);
    link.on(Kind.Cancel, (_ports, id) => {
      assertId(id);
      this.#running.get(id)?.abort(new Error('the caller cancelled'));
    });
    link.onEnd(() => this.#end());
  }

  /** Runs a request's handler and answers it. Throws BadMessageError if the id is in use. */
  answer(request: Request): void {
    const { id, target } = request;
    if (this.#running.has(id)) throw new BadMessageError(`${target.output.where}: the id is in use`);
    if (this.#running.size >= this.#link.limits.maxCalls) {
      this.#fail(request, new LimitError(`${this.#link.contract}.${target.method}: too many calls at once`));
      return;
    }
    this.#running.set(id, request);
    if (target.counters) target.counters.inFlight += 1;
    // Comlink returns the id unchanged. There is no path, because the function itself is exposed.
    this.#comlink.deliver({ id: request, type: 'APPLY', argumentList: [{ type: 'RAW', value: request }] });
  }

  /** The function that Comlink calls. */
  #invoke(request: Request): unknown {
    try {
      const result = request.target.handler(...request.args, request);
      if (isThenable(result)) {
        const keep = (value: unknown) => {
          request.value = value;
        };
        return Promise.resolve(result).then(keep, (error: unknown) => request.fail(error));
      }
      // An immediate result is sent before Comlink's promises would have settled.
      if (this.#take(request)) this.#reply(request, result);
      // Comlink waits for this promise, which never settles, so Comlink sends no second answer.
      return new Promise(() => undefined);
    } catch (error) {
      return request.fail(error);
    }
  }

  /** Removes a request. False if it was answered, or if its caller no longer waits. */
  #take(request: Request): boolean {
    if (!this.#running.delete(request.id)) return false;
    const { counters } = request.target;
    if (counters) counters.inFlight -= 1;
    return !request.aborted;
  }

  #fromComlink(reply: ComlinkReply): void {
    const request = reply.id;
    if (!this.#take(request)) return;
    if (reply.type === 'RAW') this.#reply(request, request.value);
    else this.#fail(request, request.error);
  }

  #reply(request: Request, value: unknown): void {
    const { id, target, startedAt } = request;
    const { method, output, counters } = target;
    try {
      const { body, handles, ports, bytes } = encode(output, output.isNothing ? undefined : value, this.#callbacks);
      this.#link.post(handles.length > 0 ? [Kind.Reply, id, body, handles] : [Kind.Reply, id, body], ports);
      this.#link.sent('reply', method, counters, bytes, body, startedAt);
    } catch (error) {
      this.#fail(request, error);
    }
  }

  #fail({ id, target, startedAt }: Request, error: unknown): void {
    const { method, counters } = target;
    if (counters) counters.errors += 1;
    const description = describeError(error, this.#link.peerTrust === 'full');
    this.#link.post([Kind.Fail, id, description]);
    this.#link.sent('error', method, counters, 0, description, startedAt);
  }

  #end(): void {
    for (const request of this.#running.values()) {
      const { method, counters } = request.target;
      request.abort(this.#link.endError(method));
      if (counters) counters.inFlight -= 1;
    }
    this.#running.clear();
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

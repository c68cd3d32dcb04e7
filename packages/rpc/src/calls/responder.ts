import { expose } from 'comlink';
import { BadMessageError, LimitError } from '../errors.ts';
import { type CallbackTable, encode } from '../link/codec.ts';
import { describeError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import { Frame } from '../wire/frames.ts';
import { assertId } from '../wire/parse.ts';
import { ComlinkEndpoint } from './comlink-endpoint.ts';
import type { Request } from './request.ts';

type Target = (...args: unknown[]) => unknown;
type ComlinkReply = { id: Request } & ({ type: 'RAW'; value: unknown } | { type: 'HANDLER' });

/**
 * The answering side of calls. Comlink invokes the handler and waits for it; what reaches Comlink has been parsed and
 * built anew by the guard, and names one function of an object that has no prototype.
 */
export class Responder {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #running = new Map<number, Request>();
  readonly #targets: Record<string, (request: Request) => unknown> = Object.create(null);
  readonly #comlink = new ComlinkEndpoint<ComlinkReply>((reply) => this.#fromComlink(reply));

  constructor(link: Link, callbacks: CallbackTable) {
    this.#link = link;
    this.#callbacks = callbacks;
    expose(this.#targets, this.#comlink);
    link.on(Frame.Cancel, (_ports, id) => {
      assertId(id);
      this.#running.get(id)?.abort(new Error('the caller cancelled'));
    });
    link.onEnd(() => this.#end());
  }

  /** Makes a function callable. `target` gets the arguments and, last, a CallContext. */
  define(name: string, target: Target): void {
    this.#targets[name] = (request) => {
      try {
        const result = target(...request.args, request);
        return isThenable(result) ? Promise.resolve(result).catch((error: unknown) => request.fail(error)) : result;
      } catch (error) {
        return request.fail(error);
      }
    };
  }

  /** Throws BadMessageError when the id is in use. */
  answer(request: Request, target: string = request.method): void {
    const { id, counters } = request;
    if (this.#running.has(id)) throw new BadMessageError(`${request.output.where}: an id that is in use`);
    if (this.#running.size >= this.#link.limits.maxCalls) {
      this.#fail(request, new LimitError(`${this.#link.contract}.${request.method}: too many calls at once`));
      return;
    }
    this.#running.set(id, request);
    if (counters) counters.inFlight += 1;
    // Comlink hands the id back as it is.
    this.#comlink.deliver({
      id: request,
      type: 'APPLY',
      path: [target],
      argumentList: [{ type: 'RAW', value: request }],
    });
  }

  #fromComlink(reply: ComlinkReply): void {
    const request = reply.id;
    if (!this.#running.delete(request.id)) return;
    const { counters } = request;
    if (counters) counters.inFlight -= 1;
    if (request.aborted) return;
    if (reply.type === 'RAW') this.#reply(request, reply.value);
    else this.#fail(request, request.error);
  }

  #reply(request: Request, value: unknown): void {
    const { id, method, output, counters } = request;
    try {
      const { body, handles, ports, bytes } = encode(output, output.isNothing ? undefined : value, this.#callbacks);
      this.#link.post(handles.length > 0 ? [Frame.Reply, id, body, handles] : [Frame.Reply, id, body], ports);
      this.#link.sent('reply', method, counters, bytes, body, request.startedAt);
    } catch (error) {
      this.#fail(request, error);
    }
  }

  #fail({ id, method, counters, startedAt }: Request, error: unknown): void {
    if (counters) counters.errors += 1;
    const description = describeError(error, this.#link.peerTrust === 'full');
    this.#link.post([Frame.Fail, id, description]);
    this.#link.sent('error', method, counters, 0, description, startedAt);
  }

  #end(): void {
    for (const request of this.#running.values()) {
      request.abort(this.#link.endError(request.method));
      if (request.counters) request.counters.inFlight -= 1;
    }
    this.#running.clear();
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

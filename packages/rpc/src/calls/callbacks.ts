import * as v from 'valibot';
import { type CallbackDeclaration, IncomingCallback, type OutgoingCallback } from '../contract/handles.ts';
import { BadMessageError, LimitError } from '../errors.ts';
import { type CallbackTable, decode, encode } from '../link/codec.ts';
import type { Link } from '../link/link.ts';
import { type Body, makeBody } from '../link/methods.ts';
import { Frame } from '../wire/frames.ts';
import { assertId } from '../wire/parse.ts';
import { Request } from './request.ts';
import { Requester } from './requester.ts';
import { Responder } from './responder.ts';

interface Exported {
  readonly target: (...args: unknown[]) => unknown;
  readonly input: Body;
  readonly output: Body | undefined;
}

const target = '#callback';
const releases = new WeakMap<object, () => void>();

/** Lets go of a callback that came in a message, at once instead of when it is garbage-collected. */
export function release(callback: (...args: never[]) => unknown): void {
  releases.get(callback)?.();
}

/** Functions that went out in messages, and those that came in: all on the connection's own port, by number. */
export class Callbacks implements CallbackTable {
  readonly requester: Requester;
  readonly responder: Responder;
  readonly #link: Link;
  readonly #exported = new Map<number, Exported>();
  readonly #imported = new Set<number>();
  readonly #dropped: FinalizationRegistry<number>;
  #lastExported = 0;

  constructor(link: Link) {
    this.#link = link;
    this.requester = new Requester(link, this);
    this.responder = new Responder(link, this);
    this.#dropped = new FinalizationRegistry((which) => this.#release(which));
    link.on(Frame.Callback, (ports, which, args, id, handles) => this.#called(which, args, id, handles, ports));
    link.on(Frame.Release, (_ports, which) => void this.#exported.delete(Number(which)));
    link.onEnd(() => this.#exported.clear());
    this.responder.define(target, (exported, args) => (exported as Exported).target(...(args as unknown[])));
  }

  /** How many functions of this side the peer may still call. */
  get exported(): number {
    return this.#exported.size;
  }

  export({ target, declaration }: OutgoingCallback): number {
    const { maxCallbacks } = this.#link.peerLimits;
    if (this.#exported.size >= maxCallbacks) {
      throw new LimitError(`${this.#link.contract}: ${maxCallbacks} callbacks are already held by the peer`);
    }
    const which = ++this.#lastExported;
    this.#exported.set(which, { target, ...bodies(this.#link, declaration, this.#link.limits.maxBytes) });
    return which;
  }

  import(which: number): IncomingCallback {
    if (this.#imported.has(which)) throw new BadMessageError('a callback that is known already');
    if (this.#imported.size >= this.#link.limits.maxCallbacks) throw new BadMessageError('too many callbacks');
    return new IncomingCallback((declaration) => this.#bind(which, declaration));
  }

  #bind(which: number, declaration: CallbackDeclaration): (...args: unknown[]) => unknown {
    this.#imported.add(which);
    const { input, output } = bodies(this.#link, declaration, this.#link.peerLimits.maxBytes);
    const stub = output
      ? (...args: unknown[]) => this.#ask(which, input, output, args)
      : (...args: unknown[]) => this.#tell(which, input, args);
    this.#dropped.register(stub, which, stub);
    releases.set(stub, () => {
      this.#dropped.unregister(stub);
      this.#release(which);
    });
    return stub;
  }

  #tell(which: number, input: Body, args: unknown[]): void {
    if (!this.#imported.has(which)) throw new Error(`${input.where} has been released`);
    const { body, handles, ports, bytes } = encode(input, args, this);
    this.#link.post([Frame.Callback, which, body, 0, ...(handles.length > 0 ? [handles] : [])], ports);
    this.#link.sent('push', 'callback', undefined, bytes);
  }

  async #ask(which: number, input: Body, output: Body, args: unknown[]): Promise<unknown> {
    if (!this.#imported.has(which)) throw new Error(`${input.where} has been released`);
    const outgoing = encode(input, args, this);
    const { handles, body } = outgoing;
    return this.requester.ask(
      {
        method: 'callback',
        output,
        deadlineMs: 10_000,
        counters: undefined,
        frame: (id) => [Frame.Callback, which, body, id, ...(handles.length > 0 ? [handles] : [])],
      },
      outgoing,
      undefined,
    );
  }

  #called(which: unknown, args: unknown, id: unknown, handles: unknown, ports: readonly unknown[]): void {
    assertId(which);
    const exported = this.#exported.get(which);
    if (!exported) throw new BadMessageError('a call of a callback that is not held');
    const { value, bytes } = decode(exported.input, args, handles, ports, this);
    this.#link.received('push', 'callback', undefined, bytes);
    if (exported.output) {
      assertId(id);
      const { output } = exported;
      this.responder.answer(new Request(id, 'callback', [exported, value], output, undefined, this.#link.peer), target);
    } else {
      if (id !== 0) throw new BadMessageError('a reply is wanted where none is promised');
      exported.target(...(value as unknown[]));
    }
  }

  #release(which: number): void {
    if (this.#imported.delete(which)) this.#link.post([Frame.Release, which]);
  }
}

function bodies(link: Link, { input, output }: CallbackDeclaration, maxBytes: number) {
  const where = `${link.contract} callback`;
  return {
    input: makeBody(where, v.strictTuple([...input]), maxBytes),
    output: output && makeBody(`${where} reply`, output, maxBytes),
  };
}

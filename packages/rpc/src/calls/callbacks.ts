import * as v from 'valibot';
import { type CallbackDeclaration, IncomingCallback, type OutgoingCallback } from '../contract/handles.ts';
import { BadMessageError, LimitError } from '../errors.ts';
import { type CallbackTable, decode, encode } from '../link/codec.ts';
import type { Link } from '../link/link.ts';
import { type Body, makeBody } from '../link/methods.ts';
import { callbacksIn, closePorts, type Handle } from '../wire/handles.ts';
import { Kind, type Message } from '../wire/messages.ts';
import { assertId } from '../wire/parse.ts';
import { Request, type Target } from './request.ts';
import { Requester } from './requester.ts';
import { Responder } from './responder.ts';

/** A function of this side that the peer may call. */
interface Exported {
  readonly target: (...args: unknown[]) => unknown;
  readonly input: Body;
  /** Undefined for a one-way callback. */
  readonly asked: Target | undefined;
}

/** A function of the peer. All stubs for it hold this object. The function is released when the last stub is gone. */
interface Imported {
  readonly which: number;
}

const deadlineMs = 10_000;
const releases = new WeakMap<object, () => void>();

/**
 * Releases a callback that came in a message at once, instead of when it is garbage-collected.
 * @param callback as the handler got it
 */
export function release(callback: (...args: never[]) => unknown): void {
  releases.get(callback)?.();
}

/** Callbacks that this side sent or received in messages, by number. They use the connection's own port. */
export class Callbacks implements CallbackTable {
  readonly requester: Requester;
  readonly responder: Responder;
  readonly #link: Link;
  readonly #exported = new Map<number, Exported>();
  readonly #imported = new Set<number>();
  readonly #unused: FinalizationRegistry<number>;
  #lastExported = 0;

  constructor(link: Link) {
    this.#link = link;
    this.requester = new Requester(link, this);
    this.responder = new Responder(link, this);
    this.#unused = new FinalizationRegistry((which) => this.#release(which));
    link.on(Kind.Callback, (ports, which, args, id, handles) => this.#called(which, args, id, handles, ports));
    link.on(Kind.Release, (_ports, which) => {
      assertId(which);
      this.#exported.delete(which);
    });
    link.onEnd(() => this.#exported.clear());
  }

  export({ target, declaration }: OutgoingCallback): number {
    const { maxCallbacks } = this.#link.peerLimits;
    if (this.#exported.size >= maxCallbacks) {
      throw new LimitError(`${this.#link.contract}: ${maxCallbacks} callbacks are already held by the peer`);
    }
    const which = ++this.#lastExported;
    const { input, output } = this.#bodies(declaration, this.#link.limits.maxBytes);
    // A callback gets only its arguments, and no context.
    const handler = (...all: unknown[]) => target(...all.slice(0, -1));
    const asked = output && { method: 'callback', output, counters: undefined, handler };
    this.#exported.set(which, { target, input, asked });
    return which;
  }

  withdraw(handles: readonly Handle[]): void {
    for (const which of callbacksIn(handles)) this.#exported.delete(which);
  }

  import(which: number): IncomingCallback {
    if (this.#imported.has(which)) throw new BadMessageError('a callback number that is in use');
    if (this.#imported.size >= this.#link.limits.maxCallbacks) throw new BadMessageError('too many callbacks');
    let imported: Imported | undefined;
    return new IncomingCallback((declaration) => {
      // Import it once, although each alternative of a schema may bind it.
      imported ??= this.#hold(which);
      return this.#stub(imported, declaration);
    });
  }

  drop(handles: unknown, ports: readonly unknown[]): void {
    closePorts(ports);
    for (const which of callbacksIn(handles)) {
      if (!this.#imported.has(which)) this.#link.post([Kind.Release, which]);
    }
  }

  #hold(which: number): Imported {
    const imported = { which };
    this.#imported.add(which);
    this.#unused.register(imported, which);
    return imported;
  }

  #stub(imported: Imported, declaration: CallbackDeclaration): (...args: unknown[]) => unknown {
    const { input, output } = this.#bodies(declaration, this.#link.peerLimits.maxBytes);
    const stub = output
      ? (...args: unknown[]) => this.#ask(imported, input, output, args)
      : (...args: unknown[]) => this.#tell(imported, input, args);
    releases.set(stub, () => this.#release(imported.which));
    return stub;
  }

  #tell({ which }: Imported, input: Body, args: unknown[]): void {
    this.#assertHeld(which, input);
    if (this.#link.ended) return;
    const { body, handles, ports, bytes } = encode(input, args, this);
    this.#link.post(frame(which, body, 0, handles), ports);
    this.#link.sent('callback', 'callback', undefined, bytes, body);
  }

  async #ask({ which }: Imported, input: Body, output: Body, args: unknown[]): Promise<unknown> {
    this.#assertHeld(which, input);
    const outgoing = encode(input, args, this);
    const question = {
      method: 'callback',
      output,
      deadlineMs,
      counters: undefined,
      frame: (id: number) => frame(which, outgoing.body, id, outgoing.handles),
    };
    return this.requester.ask(question, outgoing, undefined);
  }

  #called(which: unknown, args: unknown, id: unknown, handles: unknown, ports: readonly unknown[]): void {
    assertId(which);
    const exported = this.#exported.get(which);
    if (!exported) throw new BadMessageError('a call of an unknown callback');
    const { value, bytes } = decode(exported.input, args, handles, ports, this);
    this.#link.meter.received('callback', 'callback', undefined, bytes, args);
    if (exported.asked) {
      assertId(id);
      this.responder.answer(new Request(id, exported.asked, value as unknown[], this.#link.peer));
    } else {
      if (id !== 0) throw new BadMessageError('a reply is asked of a one-way callback');
      this.#link.attempt(() => exported.target(...(value as unknown[])));
    }
  }

  #assertHeld(which: number, { where }: Body): void {
    if (!this.#imported.has(which)) throw new Error(`${where}: the callback has been released`);
  }

  #release(which: number): void {
    if (this.#imported.delete(which)) this.#link.post([Kind.Release, which]);
  }

  #bodies({ input, output }: CallbackDeclaration, maxBytes: number): { input: Body; output: Body | undefined } {
    const where = `${this.#link.contract} callback`;
    return {
      input: makeBody(where, v.strictTuple([...input]), maxBytes),
      output: output && makeBody(`${where} reply`, output, maxBytes),
    };
  }
}

const frame = (which: number, body: unknown, id: number, handles: readonly Handle[]): Message =>
  handles.length > 0 ? [Kind.Callback, which, body, id, handles] : [Kind.Callback, which, body, id];

import { type Remote, wrap } from 'comlink';
import type { CallOptions } from '../contract/derive.ts';
import { DeadlineError, LimitError } from '../errors.ts';
import { type CallbackTable, decode, type Outgoing } from '../link/codec.ts';
import { readError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import type { Body } from '../link/methods.ts';
import type { MethodCounters } from '../taps/counters.ts';
import { Frame, type Message } from '../wire/frames.ts';
import { closePorts } from '../wire/handles.ts';
import { assertId } from '../wire/parse.ts';
import { ComlinkEndpoint } from './comlink-endpoint.ts';
import { Deadlines } from './deadlines.ts';

/** What is being asked, apart from its arguments. */
export interface Question {
  readonly method: string;
  readonly output: Body;
  readonly deadlineMs: number;
  /** Absent for callbacks, which are not counted by name. */
  readonly counters: MethodCounters | undefined;
  readonly frame: (id: number, outgoing: Outgoing) => Message;
}

interface Pending {
  readonly question: Question;
  readonly outgoing: Outgoing;
  readonly startedAt: number;
  readonly deadlineMs: number;
  readonly expiresAt: number;
  /** Comlink's name for this call. */
  comlinkId: string;
  id: number;
  stopListening: (() => void) | undefined;
}

type Invoke = (pending: Pending) => Promise<unknown>;
type ComlinkProxy = Remote<Record<string, (pending: Pending) => unknown>>;
type ComlinkMessage = { id?: string; type: string; argumentList?: { value: Pending }[] };

/**
 * The asking side of calls. Comlink keeps the promises; the ledger here sees to it that each one ends: by its reply,
 * its deadline, its signal, or the end of the connection. Each of those is given to Comlink as a reply, so that its
 * own tables are emptied too.
 */
export class Requester {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #ledger = new Map<number, Pending>();
  readonly #deadlines: Deadlines<Pending>;
  readonly #proxy: ComlinkProxy;
  readonly #methods = new Map<string, Invoke>();
  readonly #comlink = new ComlinkEndpoint<ComlinkMessage>((message) => this.#fromComlink(message));
  #lastId = 0;

  constructor(link: Link, callbacks: CallbackTable) {
    this.#link = link;
    this.#callbacks = callbacks;
    this.#deadlines = new Deadlines(
      () => this.#ledger.values(),
      (pending) => this.#expire(pending),
    );
    this.#proxy = wrap(this.#comlink);
    link.on(Frame.Reply, ([, id, value, handles], ports) => this.#reply(id, value, handles, ports));
    link.on(Frame.Fail, ([, id, error]) => this.#fail(id, error));
    link.onEnd(() => this.#end());
  }

  /** Asks. Rejects with what RpcError's classes say, or with the signal's reason. */
  ask(question: Question, outgoing: Outgoing, options: CallOptions | undefined): Promise<unknown> {
    const { signal, deadlineMs = question.deadlineMs } = options ?? {};
    if (this.#link.ended) return Promise.reject(this.#link.endError(question.method));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const { maxCalls } = this.#link.peerLimits;
    if (this.#ledger.size >= maxCalls) {
      return Promise.reject(new LimitError(`${this.#where(question)}: ${maxCalls} calls are already in flight`));
    }
    const startedAt = performance.now();
    const expiresAt = startedAt + deadlineMs;
    const pending: Pending = {
      question,
      outgoing,
      startedAt,
      deadlineMs,
      expiresAt,
      comlinkId: '',
      id: 0,
      stopListening: undefined,
    };
    if (signal) this.#listen(pending, signal);
    return this.#invoke(question.method)(pending);
  }

  /** A proxy costs more than a call, so each method has one. */
  #invoke(method: string): Invoke {
    let invoke = this.#methods.get(method);
    if (!invoke) {
      invoke = this.#proxy[method]!;
      this.#methods.set(method, invoke);
    }
    return invoke;
  }

  #fromComlink(message: ComlinkMessage): void {
    // Its finalizer asks for a release when nobody can call any more; the connection has its own end.
    if (message.type !== 'APPLY') return;
    const pending = message.argumentList![0]!.value;
    pending.comlinkId = message.id!;
    pending.id = ++this.#lastId;
    const { question, outgoing } = pending;
    this.#ledger.set(pending.id, pending);
    if (question.counters) question.counters.inFlight += 1;
    try {
      this.#link.send(question.frame(pending.id, outgoing), outgoing.ports);
    } catch (error) {
      // Not cloneable, or too much waits: nothing was sent.
      this.#settle(pending, { error });
      return;
    }
    this.#link.sent('call', question.method, question.counters, outgoing.bytes);
    this.#deadlines.watch(pending);
  }

  #reply(id: unknown, value: unknown, handles: unknown, ports: readonly unknown[]): void {
    const pending = this.#take(id, ports);
    if (!pending) return;
    const { question } = pending;
    try {
      const incoming = decode(question.output, value, handles, ports, this.#callbacks);
      this.#link.received('reply', question.method, question.counters, incoming.bytes, pending.startedAt);
      this.#settle(pending, { value: incoming.value });
    } catch (error) {
      this.#settle(pending, { error });
      throw error;
    }
  }

  #fail(id: unknown, error: unknown): void {
    const pending = this.#take(id, []);
    if (!pending) return;
    const { question } = pending;
    this.#link.received('error', question.method, question.counters, 0, pending.startedAt);
    try {
      this.#settle(pending, { error: readError(error, this.#link.peerTrust === 'full') });
    } catch (bad) {
      this.#settle(pending, { error: bad });
      throw bad;
    }
  }

  #take(id: unknown, ports: readonly unknown[]): Pending | undefined {
    assertId(id);
    const pending = this.#ledger.get(id);
    if (pending) return pending;
    // Late after a deadline, a second one, or an answer to nothing: the peer's affair, as long as it ends here.
    this.#link.counters.strayReplies += 1;
    closePorts(ports);
    return undefined;
  }

  #listen(pending: Pending, signal: AbortSignal): void {
    const cancel = () => {
      this.#cancel(pending);
      this.#settle(pending, { error: signal.reason });
    };
    signal.addEventListener('abort', cancel, { once: true });
    pending.stopListening = () => signal.removeEventListener('abort', cancel);
  }

  #expire(pending: Pending): void {
    const { contract, peer, isOpen } = this.#link;
    const waitingFor = isOpen ? 'reply' : 'handshake';
    this.#cancel(pending);
    const error = new DeadlineError(contract, pending.question.method, peer.name, pending.deadlineMs, waitingFor);
    this.#settle(pending, { error });
  }

  #cancel({ id }: Pending): void {
    if (this.#ledger.has(id)) this.#link.send([Frame.Cancel, id]);
  }

  #end(): void {
    this.#deadlines.stop();
    for (const pending of [...this.#ledger.values()]) {
      this.#settle(pending, { error: this.#link.endError(pending.question.method) });
    }
  }

  #settle(pending: Pending, result: { value: unknown } | { error: unknown }): void {
    if (!this.#ledger.delete(pending.id)) return;
    pending.stopListening?.();
    const { counters } = pending.question;
    if (counters) {
      counters.inFlight -= 1;
      if ('error' in result) counters.errors += 1;
    }
    const id = pending.comlinkId;
    // In Comlink's own words: what a handler returned, or what was thrown and is to be thrown as it is.
    if ('value' in result) this.#comlink.deliver({ id, type: 'RAW', value: result.value });
    else {
      const thrown = { isError: false, value: result.error };
      this.#comlink.deliver({ id, type: 'HANDLER', name: 'throw', value: thrown });
    }
  }

  #where({ method }: Question): string {
    return `${this.#link.contract}.${method}`;
  }
}

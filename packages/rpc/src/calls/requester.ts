import type { CallOptions } from '../contract/derive.ts';
import { DeadlineError, LimitError } from '../errors.ts';
import { type CallbackTable, decode, type Outgoing } from '../link/codec.ts';
import { readError } from '../link/describe-error.ts';
import type { Link } from '../link/link.ts';
import type { Body } from '../link/methods.ts';
import type { MethodCounters } from '../taps/counters.ts';
import { Kind, type Message } from '../wire/messages.ts';
import { assertId } from '../wire/parse.ts';
import { Deadlines } from './deadlines.ts';

/** A request apart from its arguments. */
export interface Question {
  readonly method: string;
  readonly output: Body;
  readonly deadlineMs: number;
  /** Undefined for callbacks, which are not counted by name. */
  readonly counters: MethodCounters | undefined;
  readonly frame: (id: number, outgoing: Outgoing) => Message;
}

interface Pending {
  readonly id: number;
  readonly question: Question;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly startedAt: number;
  readonly deadlineMs: number;
  readonly expiresAt: number;
  stopListening: (() => void) | undefined;
}

/**
 * The calling side: a ledger of all calls until they end, by reply, deadline, signal or the end of the connection.
 * Comlink's own calling side is not used. It keeps calls forever when a port dies, so the ledger is needed anyway, and
 * it gives each call a long random name, which takes longer than the rest of the call.
 */
export class Requester {
  readonly #link: Link;
  readonly #callbacks: CallbackTable;
  readonly #ledger = new Map<number, Pending>();
  readonly #deadlines: Deadlines<Pending>;
  #lastId = 0;

  constructor(link: Link, callbacks: CallbackTable) {
    this.#link = link;
    this.#callbacks = callbacks;
    this.#deadlines = new Deadlines(
      () => this.#ledger.values(),
      (pending) => this.#expire(pending),
    );
    link.on(Kind.Reply, (ports, id, value, handles) => this.#reply(id, value, handles, ports));
    link.on(Kind.Fail, (_ports, id, error) => this.#fail(id, error));
    link.onEnd(() => this.#end());
  }

  /** Sends a request. Rejects with an RpcError, with the signal's reason, or with DataCloneError. */
  ask(question: Question, outgoing: Outgoing, options: CallOptions | undefined): Promise<unknown> {
    if (this.#link.ended) return Promise.reject(this.#link.endError(question.method));
    const { signal, deadlineMs = question.deadlineMs } = options ?? {};
    if (signal?.aborted) return Promise.reject(signal.reason);
    const { maxCalls } = this.#link.peerLimits;
    if (this.#ledger.size >= maxCalls) {
      const where = `${this.#link.contract}.${question.method}`;
      return Promise.reject(new LimitError(`${where}: ${maxCalls} calls are already in flight`));
    }
    const id = ++this.#lastId;
    try {
      this.#link.send(question.frame(id, outgoing), outgoing.ports);
    } catch (error) {
      // Not cloneable, or too many messages wait: nothing was sent.
      this.#callbacks.withdraw(outgoing.handles);
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const expiresAt = startedAt + deadlineMs;
      const pending: Pending = {
        id,
        question,
        resolve,
        reject,
        startedAt,
        deadlineMs,
        expiresAt,
        stopListening: undefined,
      };
      this.#ledger.set(id, pending);
      if (question.counters) question.counters.inFlight += 1;
      this.#link.sent('call', question.method, question.counters, outgoing.bytes, outgoing.body);
      this.#deadlines.watch(pending);
      if (signal) this.#listen(pending, signal);
    });
  }

  #reply(id: unknown, value: unknown, handles: unknown, ports: readonly unknown[]): void {
    const pending = this.#take(id);
    if (!pending) {
      this.#callbacks.drop(handles, ports);
      return;
    }
    const { question } = pending;
    try {
      const incoming = decode(question.output, value, handles, ports, this.#callbacks);
      this.#link.meter.received('reply', question.method, question.counters, incoming.bytes, value, pending.startedAt);
      this.#settle(pending, { value: incoming.value });
    } catch (error) {
      this.#settle(pending, { error });
      throw error;
    }
  }

  #fail(id: unknown, error: unknown): void {
    const pending = this.#take(id);
    if (!pending) return;
    const { question } = pending;
    this.#link.meter.received('error', question.method, question.counters, 0, error, pending.startedAt);
    try {
      this.#settle(pending, { error: readError(error, this.#link.peerTrust === 'full') });
    } catch (bad) {
      this.#settle(pending, { error: bad });
      throw bad;
    }
  }

  #take(id: unknown): Pending | undefined {
    assertId(id);
    const pending = this.#ledger.get(id);
    // No pending call: the reply is late, a second one, or for no call at all. Drop it.
    if (!pending) this.#link.meter.counters.strayReplies += 1;
    return pending;
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
    if (!this.#ledger.has(id) || this.#link.takeBack(Kind.Call, id)) return;
    this.#link.send([Kind.Cancel, id]);
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
    if ('value' in result) pending.resolve(result.value);
    else pending.reject(result.error);
  }
}

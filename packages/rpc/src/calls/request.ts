import type { CallContext } from '../contract/derive.ts';
import type { Body } from '../link/methods.ts';
import type { PeerView } from '../link/peer.ts';
import type { MethodCounters } from '../taps/counters.ts';

/** Target of a request: a call of the contract, or a callback. */
export interface Target {
  readonly method: string;
  readonly output: Body;
  /** Undefined for callbacks, which are not counted by name. */
  readonly counters: MethodCounters | undefined;
  /** Gets the arguments and, last, the request as its CallContext. */
  readonly handler: (...args: unknown[]) => unknown;
}

/** A call that has passed the guard and is not answered yet. It is also its handler's context. */
export class Request implements CallContext {
  readonly id: number;
  readonly target: Target;
  readonly args: readonly unknown[];
  readonly peer: PeerView;
  readonly startedAt = performance.now();
  aborted = false;
  /**
   * Value that the handler's promise resolved with. Comlink does not get it, because Comlink reads properties of
   * values.
   */
  value: unknown = undefined;
  /** Error that the handler threw. Comlink does not get it, because Comlink would drop its `code`. */
  error: unknown = undefined;
  #reason: unknown = undefined;
  #controller: AbortController | undefined = undefined;

  constructor(id: number, target: Target, args: readonly unknown[], peer: PeerView) {
    this.id = id;
    this.target = target;
    this.args = args;
    this.peer = peer;
  }

  // Created on first use: most handlers never read it, and a controller costs as much as a small call.
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

  /** Keeps an error for the reply. Throws a placeholder at Comlink, because reading the error may throw. */
  fail(error: unknown): never {
    this.error = error;
    throw failed;
  }
}

const failed = new Error('the handler failed');

import type { Envelope } from './counters.ts';

export interface TapOptions {
  /** Adds each message's content. It is the message itself, not a copy: look, but do not keep or change it. */
  payload?: boolean;
}

export type TapListener = (envelope: Envelope) => void;

/** Those who watch messages go by. */
export class Taps {
  readonly #listeners = new Map<TapListener, TapOptions>();

  get any(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: TapListener, options: TapOptions = {}): () => void {
    // A listener of its own for each call, so that one can be added twice.
    const own: TapListener = (envelope) => listener(envelope);
    this.#listeners.set(own, options);
    return () => void this.#listeners.delete(own);
  }

  clear(): void {
    this.#listeners.clear();
  }

  /** `attempt` runs each listener, so that none that throws disturbs the port. */
  tell(envelope: Envelope, payload: unknown, attempt: (task: () => void) => void): void {
    for (const [listener, options] of [...this.#listeners]) {
      attempt(() => listener(options.payload ? { ...envelope, payload } : envelope));
    }
  }
}

const everywhere = new Taps();

/** Watches every port of this process, those that open later included. Returns how to stop. */
export const tapAll = (listener: TapListener, options?: TapOptions): (() => void) => everywhere.add(listener, options);

export const tapsOfAll: Pick<Taps, 'any' | 'tell'> = everywhere;

import type { Envelope } from './counters.ts';

/** Content of the envelopes of a tap. */
export interface TapOptions {
  /** Adds each message's content. It is the message itself, not a copy: do not keep or change it. */
  payload?: boolean;
}

export type TapListener = (envelope: Envelope) => void;

/** Listeners for the envelopes of messages. */
export class Taps {
  readonly #listeners = new Map<TapListener, TapOptions>();

  get any(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: TapListener, options: TapOptions = {}): () => void {
    // Each call adds a new function, so that the same listener can be added twice.
    const own: TapListener = (envelope) => listener(envelope);
    this.#listeners.set(own, options);
    return () => void this.#listeners.delete(own);
  }

  clear(): void {
    this.#listeners.clear();
  }

  /** Calls each listener through `attempt`, so that a listener that throws does not disturb the port. */
  tell(envelope: Envelope, payload: unknown, attempt: (task: () => void) => void): void {
    for (const [listener, options] of [...this.#listeners]) {
      attempt(() => listener(options.payload ? { ...envelope, payload } : envelope));
    }
  }
}

const everywhere = new Taps();

/**
 * Taps every port of this process, including ports that open later.
 * @param listener gets the envelope of each message
 * @param options `payload`: true for the payload too
 * @returns a function that stops it
 */
export const tapAll = (listener: TapListener, options?: TapOptions): (() => void) => everywhere.add(listener, options);

export const tapsOfAll: Pick<Taps, 'any' | 'tell'> = everywhere;

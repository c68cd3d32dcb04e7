import type { LimitsDeclaration, Trust } from '../contract/declarations.ts';

export type Limits = Required<LimitsDeclaration>;

const mebibyte = 1024 * 1024;

/** Default limits for a peer, by trust. */
const byTrust: Record<Trust, Limits> = {
  full: {
    maxBytes: 64 * mebibyte,
    messagesPerSecond: Number.POSITIVE_INFINITY,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    maxCalls: 10_000,
    maxStreams: 1000,
    maxCallbacks: 10_000,
    maxUnreadBytes: 256 * mebibyte,
  },
  limited: {
    maxBytes: 16 * mebibyte,
    messagesPerSecond: 50_000,
    bytesPerSecond: 64 * mebibyte,
    maxCalls: 1000,
    maxStreams: 100,
    maxCallbacks: 1000,
    maxUnreadBytes: 64 * mebibyte,
  },
  none: {
    maxBytes: mebibyte,
    messagesPerSecond: 5000,
    bytesPerSecond: 4 * mebibyte,
    maxCalls: 256,
    maxStreams: 32,
    maxCallbacks: 256,
    maxUnreadBytes: 16 * mebibyte,
  },
};

export const limitsFor = (trust: Trust, declared: LimitsDeclaration | undefined): Limits => ({
  ...byTrust[trust],
  ...declared,
});

/** A token bucket: an amount per second, and the same amount in one burst. */
export class RateLimit {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt = performance.now();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
  }

  /** Takes an amount. False if it exceeds the limit. */
  take(amount = 1): boolean {
    if (this.#tokens < amount) this.#fill();
    if (this.#tokens < amount) return false;
    this.#tokens -= amount;
    return true;
  }

  #fill(): void {
    const now = performance.now();
    this.#tokens = Math.min(this.#perSecond, this.#tokens + ((now - this.#filledAt) * this.#perSecond) / 1000);
    this.#filledAt = now;
  }
}

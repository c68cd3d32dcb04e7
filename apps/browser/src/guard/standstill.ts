/** Longest silence of the browser's own thread before it is reported, ms. */
const longMs = 5000;

export type StandstillNews = { is: 'standing'; forMs: number } | { is: 'over'; forMs: number };

/**
 * Finds out from the count of its beats, one a second, that the browser's own thread stands still, and with it the
 * window.
 */
export class Standstill {
  #beats = 0;
  #silentMs = 0;

  /** Returns news, if any. `elapsedMs`: time since the last look. A thread without any beat is still starting. */
  look(beats: number, elapsedMs: number): StandstillNews | undefined {
    const before = this.#silentMs;
    if (beats === this.#beats) {
      if (beats === 0) return undefined;
      this.#silentMs += elapsedMs;
      return before < longMs && this.#silentMs >= longMs ? { is: 'standing', forMs: this.#silentMs } : undefined;
    }
    this.#beats = beats;
    this.#silentMs = 0;
    return before >= longMs ? { is: 'over', forMs: before } : undefined;
  }
}

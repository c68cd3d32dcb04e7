/** How long the browser's own thread may be away before it is said, ms. */
const longMs = 5000;

export type StandstillNews = { is: 'standing'; forMs: number } | { is: 'over'; forMs: number };

/** Tells from counts of its beats, one a second, that the browser's own thread stands still. The window does then, too. */
export class Standstill {
  #beats = 0;
  #silentMs = 0;

  /**
   * `elapsedMs`: since the last look. What is new, if anything. A thread that has not beaten at all yet is not late: the
   * program starts.
   */
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

/** Time that a peer may keep sending without reading its messages. */
const patienceMs = 10_000;

/**
 * Bytes that were sent and not read yet. Ports do not report this, but messages keep their order: when the answer to a
 * ping arrives, everything before the ping has been read.
 */
export class Backlog {
  readonly #limit: number;
  readonly #ping: (sequence: number) => void;
  #sent = 0;
  #read = 0;
  /** Bytes that had been sent before the pending ping; undefined without a pending ping. */
  #marked: number | undefined;
  #markedAt = 0;
  #sequence = 0;

  /** `ping` sends a ping. Its sequence is below 0, to distinguish it from the heartbeat's pings. */
  constructor(limitBytes: number, ping: (sequence: number) => void) {
    this.#limit = limitBytes;
    this.#ping = ping;
  }

  get unreadBytes(): number {
    return this.#sent - this.#read;
  }

  /** Whether messages that can be left out should be. */
  get isFull(): boolean {
    return this.unreadBytes > this.#limit;
  }

  /** Whether it is too full even for other messages, or a peer that is sending has not read for too long. */
  isHopeless(peerSends: boolean): boolean {
    if (!this.isFull) return false;
    return this.unreadBytes > 2 * this.#limit || (peerSends && performance.now() - this.#markedAt > patienceMs);
  }

  add(bytes: number): void {
    this.#sent += bytes;
    if (this.#marked === undefined && this.unreadBytes * 2 > this.#limit) this.#mark();
  }

  answered(sequence: number): void {
    if (this.#marked === undefined || sequence !== this.#sequence) return;
    this.#read = this.#marked;
    this.#marked = undefined;
    this.add(0);
  }

  #mark(): void {
    this.#marked = this.#sent;
    this.#markedAt = performance.now();
    this.#ping(--this.#sequence);
  }
}

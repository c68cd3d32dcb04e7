/** How long a peer may send without reading what waits for it. */
const patienceMs = 10_000;

/**
 * What has been sent and not read. No port tells that, but messages keep their order: when the answer to a ping comes,
 * everything before the ping has been read.
 */
export class Backlog {
  readonly #limit: number;
  readonly #ping: (sequence: number) => void;
  #sent = 0;
  #read = 0;
  /** What had been sent when the ping went out that is being waited for. */
  #marked: number | undefined;
  #markedAt = 0;
  #sequence = 0;

  /** `ping` sends a ping with a sequence below zero, which keeps them apart from the heartbeat's. */
  constructor(limitBytes: number, ping: (sequence: number) => void) {
    this.#limit = limitBytes;
    this.#ping = ping;
  }

  get unreadBytes(): number {
    return this.#sent - this.#read;
  }

  /** What can be left out should be. */
  get isFull(): boolean {
    return this.unreadBytes > this.#limit;
  }

  /** Too much even for what cannot be left out; or the peer, which is just now sending, has not read for long. */
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

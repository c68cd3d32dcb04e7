import type { Death } from '../errors.ts';
import { defer } from './defer.ts';

/** How long a closed port waits to hear how its process died, and a dead process's port for its next message. */
const graceMs = 200;

const portClosed: Death = { how: 'is gone: its port closed' };

/**
 * Notices that the peer is gone. Two things tell it, in either order: the port closes, and the process's owner says how
 * it died. It counts as gone when both have spoken, so that what was sent before is delivered and the reason is known;
 * or when one has and the other stays silent.
 */
export class Departure {
  readonly #owner: Promise<Death> | undefined;
  readonly #received: () => number;
  readonly #gone: (death: Death) => void;
  #death: Death | undefined;
  #portClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  /** `received` counts messages: while it grows, a dead process's port is still being emptied. */
  constructor(owner: Promise<Death> | undefined, received: () => number, gone: (death: Death) => void) {
    this.#owner = owner;
    this.#received = received;
    this.#gone = gone;
  }

  start(): void {
    this.#owner?.then(
      (death) => this.#died(death),
      () => this.#died(portClosed),
    );
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  portClosed(): void {
    this.#portClosed = true;
    if (this.#death || !this.#owner) this.#finish();
    else this.#timer ??= setTimeout(() => this.#finish(), graceMs);
  }

  #died(death: Death): void {
    if (this.#over) return;
    this.#death = death;
    clearTimeout(this.#timer);
    if (this.#portClosed) this.#finish();
    else this.#awaitClose(this.#received());
  }

  #awaitClose(received: number): void {
    this.#timer = setTimeout(() => {
      if (this.#received() > received) this.#awaitClose(this.#received());
      else this.#finish();
    }, graceMs);
  }

  #finish(): void {
    if (this.#over) return;
    this.stop();
    defer(() => this.#gone(this.#death ?? portClosed));
  }
}

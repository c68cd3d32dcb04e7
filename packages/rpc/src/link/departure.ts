import type { Death } from '../errors.ts';
import { defer } from './defer.ts';

/** Wait of a closed port for the reason of the death, and of a dead process's port for the next message. */
const graceMs = 200;

const portClosed: Death = { how: 'is gone: its port closed' };

/**
 * Detects that the peer is gone. There are two signs, in either order: the port closes, and the process's owner reports
 * the death. The peer counts as gone after both, so that earlier messages are delivered and the reason is known, or
 * after one if the other does not come.
 */
export class Departure {
  readonly #owner: Promise<Death> | undefined;
  readonly #received: () => number;
  readonly #gone: (death: Death) => void;
  #death: Death | undefined;
  #portClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  /** `received` returns the number of received messages. While it grows, a dead process's port still delivers. */
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

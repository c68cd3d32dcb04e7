import { ClosedMemoryError } from '../posix/errors.ts';
import type { Arena } from './arena.ts';

/**
 * A buffer's right to use its memory. It ends with the buffer's `close` or with its arena. After that the same bytes
 * may belong to another buffer, so every operation checks the lease first.
 */
export class Lease {
  readonly #what: string;
  /** Undefined for a ring between threads of one process. */
  readonly #arena: Arena | undefined;
  #ended = false;

  /**
   * Starts a lease.
   * @param what name for errors, such as `ring "requests"`
   * @param arena that the memory belongs to; undefined between threads of one process
   */
  constructor(what: string, arena: Arena | undefined) {
    arena?.assertUsable();
    this.#what = what;
    this.#arena = arena;
  }

  /** False once the memory may no longer be read or written. */
  get holds(): boolean {
    return !this.#ended && this.#arena?.destroyed !== true;
  }

  /** Throws ClosedMemoryError if the lease has ended. */
  assert(): void {
    if (this.#ended || this.#arena?.destroyed === true) this.#refuse();
  }

  /**
   * Ends the lease.
   * @returns false if it had ended before, so that a buffer closed twice is freed once
   */
  end(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    return true;
  }

  #refuse(): never {
    if (this.#ended) throw new ClosedMemoryError(`${this.#what} is closed`);
    throw new ClosedMemoryError(`the arena of ${this.#what} is destroyed`);
  }
}

import type { Arena } from './arena.ts';
import { ClosedMemoryError } from './errors.ts';

/**
 * A buffer's right to its memory. It ends with the buffer's own `close` or with its arena: from then on the same bytes
 * may be another buffer's, so that every operation asks first.
 */
export class Lease {
  readonly #what: string;
  /** Undefined between threads of one process. */
  readonly #arena: Arena | undefined;
  #ended = false;

  /** `what`: for errors, such as `ring "requests"`. */
  constructor(what: string, arena: Arena | undefined) {
    arena?.assertUsable();
    this.#what = what;
    this.#arena = arena;
  }

  /** False once nothing may be read or written any more. */
  get holds(): boolean {
    return !this.#ended && this.#arena?.destroyed !== true;
  }

  /** Throws ClosedMemoryError when the memory may be another's. */
  assert(): void {
    if (this.#ended || this.#arena?.destroyed === true) this.#refuse();
  }

  /** False when it has ended before: what is closed twice is freed once. */
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

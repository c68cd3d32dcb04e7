import type { LessonFigure } from '@bulkhead/contracts';
import type { Segment } from '@bulkhead/shared-memory';
import type { Actor } from '../../lab/index.ts';
import { attachMemory, wordsOf } from '../shared-memory/common-memory.ts';

/** Words of 4 bytes: in, out, then the slots. Each index has its own cache line. */
const inWord = 0;
const outWord = 16;
const slotsWord = 32;

/**
 * The textbook's shared variables `in`, `out` and `buffer[n]` in shared memory. Every access reads or writes that
 * memory.
 */
export class BufferMemory {
  readonly n: number;
  readonly buffer: Int32Array<SharedArrayBuffer>;
  readonly #words: Int32Array<SharedArrayBuffer>;

  /** Uses the buffer of `n` slots at word `first` of the lesson's memory. */
  constructor(segment: Segment, n: number, first = 0) {
    this.n = n;
    this.#words = wordsOf(segment, first, BufferMemory.words(n));
    this.buffer = this.#words.subarray(slotsWord);
  }

  /** Returns the words of memory that a buffer of `n` slots takes. */
  static words(n: number): number {
    return slotsWord + n;
  }

  get in(): number {
    return Atomics.load(this.#words, inWord);
  }

  /** A process that reads this value sees everything stored before it. */
  set in(value: number) {
    Atomics.store(this.#words, inWord, value);
  }

  get out(): number {
    return Atomics.load(this.#words, outWord);
  }

  set out(value: number) {
    Atomics.store(this.#words, outWord, value);
  }

  /** Number of items that it holds. */
  get held(): number {
    return (this.in - this.out + this.n) % this.n;
  }

  figure(): LessonFigure {
    const { n, in: first, out, held } = this;
    const slots = Array.from(this.buffer, (item, index) => ((index - out + n) % n < held ? String(item) : null));
    return { kind: 'buffer', slots, in: first, out, ring: true };
  }
}

/** A process's access to the buffer. Draws the buffer after each of this process's changes, and records its waits. */
export class SharedBuffer extends BufferMemory {
  readonly #actor: Actor;
  readonly #name: string;

  /** `name`: name of its figure. */
  constructor(actor: Actor, segment: Segment, n: number, first = 0, name = 'buffer') {
    super(segment, n, first);
    this.#actor = actor;
    this.#name = name;
  }

  /** Maps the memory from the director. */
  static async attach(actor: Actor, n: number): Promise<SharedBuffer> {
    return new SharedBuffer(actor, await attachMemory(actor), n);
  }

  override get in(): number {
    return super.in;
  }

  override set in(value: number) {
    super.in = value;
    this.show();
  }

  override get out(): number {
    return super.out;
  }

  override set out(value: number) {
    super.out = value;
    this.show();
  }

  /**
   * Waits like the textbook's `while (condition) ;`, but the event loop goes on. Recorded as one wait. `until` ends it
   * early. Resolves to true if it had to wait.
   */
  async waitWhile(text: string, condition: () => boolean, note: string, until = () => false): Promise<boolean> {
    if (!condition()) return false;
    this.#actor.note(note, { in: this.in, out: this.out });
    const wait = async () => {
      while (condition() && !until()) await this.#actor.turn();
    };
    await this.#actor.call(text, wait, 'wait');
    return true;
  }

  show(): void {
    this.#actor.figure(this.#name, this.figure());
  }
}

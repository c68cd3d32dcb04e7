import { Segment } from '@bulkhead/shared-memory';
import { segmentDescriptor } from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';
import type { Actor } from '../../lab/index.ts';

/** Behind the segment's own header; words of 4 bytes: in, out, then the slots. Each index has a cache line of its own. */
const payloadByte = 4096;
const inWord = 0;
const outWord = 16;
const slotsWord = 32;

/** The textbook's shared variables, on real shared memory: `in`, `out` and `buffer[n]`. Every access is one of memory's. */
export class SharedBuffer {
  readonly n: number;
  readonly buffer: Int32Array<SharedArrayBuffer>;
  readonly #actor: Actor;
  readonly #words: Int32Array<SharedArrayBuffer>;

  constructor(actor: Actor, segment: Segment, n: number) {
    this.n = n;
    this.#actor = actor;
    this.#words = new Int32Array(segment.buffer, payloadByte, slotsWord + n);
    this.buffer = this.#words.subarray(slotsWord);
  }

  static bytes(n: number): number {
    return payloadByte + 4 * (slotsWord + n);
  }

  /** Maps the memory that the director has made. */
  static async attach(actor: Actor, n: number): Promise<SharedBuffer> {
    const descriptor = v.parse(segmentDescriptor, await actor.told('segment'));
    return new SharedBuffer(actor, Segment.attach(descriptor, 'bounded buffer'), n);
  }

  get in(): number {
    return Atomics.load(this.#words, inWord);
  }

  /** What was stored before is visible to whoever reads this. */
  set in(value: number) {
    Atomics.store(this.#words, inWord, value);
    this.show();
  }

  get out(): number {
    return Atomics.load(this.#words, outWord);
  }

  set out(value: number) {
    Atomics.store(this.#words, outWord, value);
    this.show();
  }

  /** How many items are in it. */
  get length(): number {
    return (this.in - this.out + this.n) % this.n;
  }

  /** The textbook's `while (condition) ;`, with the event loop going on in it, as one wait on the time line. */
  async waitWhile(text: string, condition: () => boolean, note: string): Promise<void> {
    if (!condition()) return;
    this.#actor.note(note, { in: this.in, out: this.out });
    const wait = async () => {
      while (condition()) await this.#actor.turn();
    };
    await this.#actor.call(text, wait, 'wait');
  }

  show(): void {
    const slots = Array.from({ length: this.n }, (_, index) => {
      const used = (index - this.out + this.n) % this.n < this.length;
      return used ? String(this.buffer[index]) : null;
    });
    this.#actor.figure('buffer', { kind: 'buffer', slots, in: this.in, out: this.out, ring: true });
  }
}

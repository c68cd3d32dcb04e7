import { checkWhole } from './arguments.ts';
import { type RegionDescriptor, wordAlignment } from './descriptors.ts';
import { ClosedMemoryError } from './errors.ts';
import type { Segment } from './segment.ts';
import { headerBytes } from './segment-header.ts';

/** A stretch of a segment, checked to lie inside it and after its header. Views over it cannot reach outside. */
export class Region {
  readonly segment: Segment;
  readonly byteOffset: number;
  readonly byteLength: number;

  /** Throws RangeError when it is not inside the segment, ClosedMemoryError when that is detached. */
  constructor(segment: Segment, byteOffset: number, byteLength: number) {
    checkWhole(byteOffset, 0, Number.MAX_SAFE_INTEGER, 'a region’s first byte');
    checkWhole(byteLength, 0, Number.MAX_SAFE_INTEGER, 'a region’s length in bytes');
    if (!Region.fits(segment, byteOffset, byteLength)) {
      throw new RangeError(`no region at ${byteOffset}, ${byteLength} bytes, in a segment of ${segment.bytes}`);
    }
    this.segment = segment;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.assertUsable();
  }

  /** Whether such a region lies inside the segment, after its header and on a cache line. */
  static fits(segment: Segment, byteOffset: number, byteLength: number): boolean {
    const whole = Number.isSafeInteger(byteOffset) && Number.isSafeInteger(byteLength);
    const inside = byteOffset >= headerBytes && byteLength >= 0 && byteOffset + byteLength <= segment.bytes;
    return whole && inside && byteOffset % wordAlignment === 0;
  }

  get descriptor(): RegionDescriptor {
    return { segmentId: this.segment.id, byteOffset: this.byteOffset, byteLength: this.byteLength };
  }

  /** Throws ClosedMemoryError when its segment is detached. */
  assertUsable(): void {
    if (this.segment.detached) throw new ClosedMemoryError(`segment "${this.segment.label}" is detached`);
  }

  /** The bytes from `start`, counted from the region's beginning. */
  bytes(start = 0, byteLength = this.byteLength - start): Uint8Array<SharedArrayBuffer> {
    this.#check(start, byteLength);
    return new Uint8Array(this.segment.buffer, this.byteOffset + start, byteLength);
  }

  /** The same as 32-bit words, for Atomics. Both numbers are multiples of 4. */
  words(start = 0, byteLength = this.byteLength - start): Uint32Array<SharedArrayBuffer> {
    this.#check(start, byteLength);
    if (start % 4 !== 0 || byteLength % 4 !== 0)
      throw new RangeError(`words at ${start}, ${byteLength} bytes, are no whole words`);
    return new Uint32Array(this.segment.buffer, this.byteOffset + start, byteLength / 4);
  }

  #check(start: number, byteLength: number): void {
    checkWhole(start, 0, this.byteLength, 'a view’s first byte in its region');
    checkWhole(byteLength, 0, this.byteLength - start, 'a view’s length in bytes');
  }
}

import { type RegionDescriptor, wordAlignment } from './descriptors.ts';
import type { Segment } from './segment.ts';
import { headerBytes } from './segment-header.ts';

/** A stretch of a segment, checked to lie inside it and after its header. Views over it cannot reach outside. */
export class Region {
  readonly segment: Segment;
  readonly byteOffset: number;
  readonly byteLength: number;

  constructor(segment: Segment, byteOffset: number, byteLength: number) {
    if (!Region.fits(segment, byteOffset, byteLength)) {
      throw new RangeError(`no region at ${byteOffset}, ${byteLength} bytes, in a segment of ${segment.bytes}`);
    }
    this.segment = segment;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
  }

  /** Whether such a region lies inside the segment, after its header and on a cache line. */
  static fits(segment: Segment, byteOffset: number, byteLength: number): boolean {
    const inside = byteOffset >= headerBytes && byteLength >= 0 && byteOffset + byteLength <= segment.bytes;
    return inside && byteOffset % wordAlignment === 0;
  }

  get descriptor(): RegionDescriptor {
    return { segmentId: this.segment.id, byteOffset: this.byteOffset, byteLength: this.byteLength };
  }

  /** The bytes from `start`, counted from the region's beginning. */
  bytes(start = 0, byteLength = this.byteLength - start): Uint8Array<SharedArrayBuffer> {
    this.#check(start, byteLength);
    return new Uint8Array(this.segment.buffer, this.byteOffset + start, byteLength);
  }

  /** The same as 32-bit words, for Atomics. */
  words(start = 0, byteLength = this.byteLength - start): Uint32Array<SharedArrayBuffer> {
    this.#check(start, byteLength);
    return new Uint32Array(this.segment.buffer, this.byteOffset + start, byteLength / 4);
  }

  #check(start: number, byteLength: number): void {
    if (start < 0 || byteLength < 0 || start + byteLength > this.byteLength) {
      throw new RangeError(`bytes ${start} to ${start + byteLength} are outside a region of ${this.byteLength}`);
    }
  }
}

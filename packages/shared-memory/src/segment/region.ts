import { ClosedMemoryError } from '../posix/errors.ts';
import { checkWhole } from './arguments.ts';
import { type RegionDescriptor, wordAlignment } from './descriptors.ts';
import type { Segment } from './segment.ts';
import { headerBytes } from './segment-header.ts';

/** A range of bytes of a segment, inside it and after its header. Views of a region cannot reach outside. */
export class Region {
  readonly segment: Segment;
  readonly byteOffset: number;
  readonly byteLength: number;

  /**
   * @param segment that the range is in
   * @param byteOffset from the start of the segment, bytes; a multiple of a cache line (64)
   * @param byteLength bytes
   * @throws RangeError if the range is not inside the segment, ClosedMemoryError if the segment is detached
   */
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

  /**
   * @param segment that the range should be in
   * @param byteOffset from the start of the segment, bytes
   * @param byteLength bytes
   * @returns true if the range is inside the segment, after its header, and starts on a cache line
   */
  static fits(segment: Segment, byteOffset: number, byteLength: number): boolean {
    const whole = Number.isSafeInteger(byteOffset) && Number.isSafeInteger(byteLength);
    const inside = byteOffset >= headerBytes && byteLength >= 0 && byteOffset + byteLength <= segment.bytes;
    return whole && inside && byteOffset % wordAlignment === 0;
  }

  get descriptor(): RegionDescriptor {
    return { segmentId: this.segment.id, byteOffset: this.byteOffset, byteLength: this.byteLength };
  }

  /** Throws ClosedMemoryError if the segment is detached. */
  assertUsable(): void {
    if (this.segment.detached) throw new ClosedMemoryError(`segment "${this.segment.label}" is detached`);
  }

  /**
   * Makes a view of the region's bytes.
   * @param start from the start of the region, bytes; default: 0
   * @param byteLength bytes; default: to the end of the region
   * @returns a view that cannot reach outside the region
   */
  bytes(start = 0, byteLength = this.byteLength - start): Uint8Array<SharedArrayBuffer> {
    this.#check(start, byteLength);
    return new Uint8Array(this.segment.buffer, this.byteOffset + start, byteLength);
  }

  /**
   * Makes a view of 32-bit words, for Atomics.
   * @param start from the start of the region, bytes; a multiple of 4; default: 0
   * @param byteLength bytes; a multiple of 4; default: to the end of the region
   * @returns a view that cannot reach outside the region
   */
  words(start = 0, byteLength = this.byteLength - start): Uint32Array<SharedArrayBuffer> {
    this.#check(start, byteLength);
    if (start % 4 !== 0 || byteLength % 4 !== 0)
      throw new RangeError(`${byteLength} bytes at ${start} are not whole words of 4 bytes`);
    return new Uint32Array(this.segment.buffer, this.byteOffset + start, byteLength / 4);
  }

  #check(start: number, byteLength: number): void {
    checkWhole(start, 0, this.byteLength, 'a view’s first byte in its region');
    checkWhole(byteLength, 0, this.byteLength - start, 'a view’s length in bytes');
  }
}

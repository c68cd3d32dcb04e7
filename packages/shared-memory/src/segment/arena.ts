import { ArenaFullError, AttachError, ClosedMemoryError } from '../posix/errors.ts';
import { checkLabel, checkWhole } from './arguments.ts';
import type { Backend } from './backing.ts';
import {
  type ArenaDescriptor,
  maximumBytes,
  pixelAlignment,
  type RegionDescriptor,
  type SegmentDescriptor,
  wordAlignment,
} from './descriptors.ts';
import { FreeList } from './free-list.ts';
import { Region } from './region.ts';
import { Segment } from './segment.ts';
import { headerBytes } from './segment-header.ts';

/** Access of the peer to a region. In a sealed arena the kernel enforces it. */
export type PeerAccess = 'read-only' | 'read-write';

/** Sizes of a new arena. */
export interface ArenaOptions {
  /** Names the peer in reports and errors. */
  readonly label: string;
  /** Default: `sealed`. */
  readonly backend?: Backend;
  /** Space for regions that the peer may write: control words, and pixels that it draws itself. Default: 64 KiB. */
  readonly readWriteBytes?: number;
  /** Space for regions that the peer may only read: pixels that this process writes. Default: none. */
  readonly readOnlyBytes?: number;
  /**
   * When the memory of read-only regions is taken. `later`: by `take`; do not write there before. Default: `at-once`.
   */
  readonly readOnlyMemory?: 'at-once' | 'later';
}

/** Index of a segment in the arena, and an offset in bytes from the start of that segment. */
export interface Place {
  readonly segment: number;
  readonly offset: number;
}

interface Part {
  readonly segment: Segment;
  readonly access: PeerAccess;
  /** Undefined in the peer, which allocates nothing. */
  readonly free: FreeList | undefined;
}

/**
 * Memory that two processes share. The owner allocates buffers in it by offset. Each peer process has one arena,
 * because a new segment costs several system calls and address space, and a locked-down peer cannot attach one. A
 * region in an arena that is already attached costs neither side anything.
 *
 * The owner creates, allocates, frees and destroys. The peer attaches and finds regions by their descriptors.
 */
export class Arena {
  readonly label: string;
  readonly backend: Backend;
  readonly owned: boolean;
  readonly #parts: Part[] = [];
  /** Regions that are allocated and not yet freed. */
  readonly #handedOut = new Set<Region>();
  #closed = false;
  #destroyed = false;

  private constructor(label: string, backend: Backend, owned: boolean) {
    this.label = label;
    this.backend = backend;
    this.owned = owned;
  }

  /**
   * Creates an arena.
   * @param options sizes in bytes, for each kind of access of the peer
   * @returns an arena that this process owns
   * @throws the errors of Segment.create; nothing is left behind then
   */
  static async create(options: ArenaOptions): Promise<Arena> {
    checkLabel(options.label, 'the label');
    const arena = new Arena(options.label, options.backend ?? 'sealed', true);
    try {
      await arena.grow('read-write', options.readWriteBytes ?? 0);
      if (options.readOnlyBytes) await arena.grow('read-only', options.readOnlyBytes, options.readOnlyMemory);
    } catch (error) {
      await arena.destroy();
      throw error;
    }
    return arena;
  }

  /**
   * Attaches an arena of another process.
   * @param descriptor from the owner's `descriptor()`
   * @returns an arena that this process can find regions in, and not allocate
   * @throws the errors of Segment.attach; nothing stays mapped then
   */
  static attach(descriptor: ArenaDescriptor): Arena {
    const arena = new Arena(descriptor.label, descriptor.segments[0]?.backend ?? 'sealed', false);
    try {
      arena.add(descriptor);
    } catch (error) {
      void arena.destroy();
      throw error;
    }
    return arena;
  }

  /**
   * Attaches the segments that this process does not have yet. For the peer.
   * @param descriptor from the owner's `grow` or `descriptor()`
   */
  add(descriptor: ArenaDescriptor): void {
    this.assertUsable();
    for (const segment of descriptor.segments) {
      if (this.#parts.some((part) => part.segment.id === segment.id)) continue;
      const attached = Segment.attach(segment, `${this.label} (${segment.access})`);
      this.#parts.push({ segment: attached, access: segment.access, free: undefined });
    }
  }

  /**
   * Adds a segment, for more buffers. For the owner.
   * @param access of the peer
   * @param bytes least number of bytes to add
   * @param memory when it is taken; default: `at-once`
   * @returns the descriptor for the peer's `add`
   */
  async grow(access: PeerAccess, bytes: number, memory: 'at-once' | 'later' = 'at-once'): Promise<ArenaDescriptor> {
    this.assertUsable();
    if (this.#closed)
      throw new ClosedMemoryError(`arena "${this.label}" is closed, and its peer can attach nothing more`);
    if (!this.owned)
      throw new TypeError(`arena "${this.label}" belongs to another process: only its owner can grow it`);
    checkAccess(access);
    const segment = await Segment.create({
      label: `${this.label} (${access})`,
      backend: this.backend,
      payloadBytes: bytes,
      peerAccess: access,
      memory,
    });
    if (this.#destroyed) {
      await segment.destroy(); // the arena was destroyed during the await
      this.assertUsable();
    }
    this.#parts.push({ segment, access, free: new FreeList(headerBytes, segment.bytes) });
    return { label: this.label, segments: [segment.descriptor()] };
  }

  /** Takes all memory that was created with `later`. Throws the errors of Segment.take. */
  async take(): Promise<void> {
    this.assertUsable();
    await Promise.all(this.#parts.map(({ segment }) => segment.take()));
    this.assertUsable();
  }

  /**
   * @returns everything that a peer needs to attach
   * @throws once the arena is closed
   */
  descriptor(): ArenaDescriptor {
    this.assertUsable();
    const segments: SegmentDescriptor[] = this.#parts.map((part) => part.segment.descriptor());
    return { label: this.label, segments };
  }

  /** Prevents any further attach: unlinks names and closes descriptors. Attached peers stay attached. Final. */
  close(): void {
    this.#closed = true;
    for (const { segment } of this.#parts) segment.unlink();
  }

  /**
   * @param access of the peer
   * @returns the number of free bytes with this access. They may be in several pieces.
   */
  bytesFree(access: PeerAccess): number {
    this.assertUsable();
    return this.#parts.reduce((sum, part) => sum + (part.access === access ? (part.free?.bytesFree ?? 0) : 0), 0);
  }

  /**
   * Allocates a region of exactly `bytes` bytes. It still holds the data of its last user: the caller must initialise
   * it.
   * @param access of the peer
   * @param bytes size
   * @param alignment of its start, bytes: `wordAlignment` or `pixelAlignment`
   * @returns the region, in a segment with this access
   * @throws ArenaFullError
   */
  allocate(access: PeerAccess, bytes: number, alignment: typeof wordAlignment | typeof pixelAlignment): Region {
    this.assertUsable();
    checkAccess(access);
    checkWhole(bytes, 1, maximumBytes, 'a region’s length in bytes');
    if (alignment !== wordAlignment && alignment !== pixelAlignment)
      throw new RangeError(`not an alignment: ${alignment}`);
    for (const part of this.#parts) {
      if (part.access !== access) continue;
      const offset = part.free?.take(bytes, alignment);
      if (offset === undefined) continue;
      const region = new Region(part.segment, offset, bytes);
      this.#handedOut.add(region);
      return region;
    }
    const remedy = this.#closed ? 'It can no longer grow: free a buffer.' : 'Free a buffer, or call grow().';
    throw new ArenaFullError(this.label, bytes, this.bytesFree(access), remedy);
  }

  /**
   * Frees a region. Tell the peer first, unless it has ended: it can still write there.
   * @param region that `allocate` returned
   * @throws RangeError if `allocate` did not return this region, or if it is already free
   */
  free(region: Region): void {
    this.assertUsable();
    if (!this.#handedOut.delete(region)) {
      throw new RangeError(`arena "${this.label}" did not allocate that region, or it is free already`);
    }
    const part = this.#parts.find(({ segment }) => segment === region.segment);
    part?.free?.give(region.byteOffset, region.byteLength);
  }

  /**
   * @param descriptor from the owner
   * @returns the region that a descriptor names
   * @throws AttachError if it is not in this arena
   */
  region(descriptor: RegionDescriptor): Region {
    this.assertUsable();
    const part = this.#parts.find(({ segment }) => segment.id === descriptor.segmentId);
    const target = `region ${descriptor.byteOffset}+${descriptor.byteLength} of segment ${descriptor.segmentId}`;
    if (!part) throw new AttachError('gone', target, `arena "${this.label}" has no such segment: attach it first.`);
    try {
      return new Region(part.segment, descriptor.byteOffset, descriptor.byteLength);
    } catch (cause) {
      throw new AttachError('wrong-size', target, 'it is not inside the segment.', { cause });
    }
  }

  /**
   * @param region of this arena
   * @returns the place of a region. Its numbers can be written to shared memory: they mean the same in the peer.
   */
  placeOf(region: Region): Place {
    this.assertUsable();
    return { segment: this.#parts.findIndex(({ segment }) => segment === region.segment), offset: region.byteOffset };
  }

  /**
   * @param place as it was read; any numbers
   * @param bytes size that the region should have
   * @returns the region at a place that was read from shared memory, or undefined if the place is not in this arena
   */
  regionAt({ segment, offset }: Place, bytes: number): Region | undefined {
    this.assertUsable();
    const part = this.#parts[segment];
    return part && Region.fits(part.segment, offset, bytes) ? new Region(part.segment, offset, bytes) : undefined;
  }

  /**
   * Releases the whole arena. Idempotent. No peer can attach from now on. Resolves when the kernel has the memory back.
   * Views that are still held then read private zeros.
   */
  async destroy(): Promise<void> {
    this.#closed = true;
    this.#destroyed = true;
    await Promise.all(this.#parts.map(({ segment }) => segment.detach()));
  }

  /** True once `destroy` was called. Nothing in the arena can be used then. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** Throws ClosedMemoryError once the arena is destroyed. */
  assertUsable(): void {
    if (this.#destroyed) throw new ClosedMemoryError(`arena "${this.label}" is destroyed`);
  }

  /** Same as `destroy`, named for the peer: the memory itself stays with the owner. */
  detach(): Promise<void> {
    return this.destroy();
  }

  [Symbol.dispose](): void {
    void this.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.destroy();
  }
}

function checkAccess(access: PeerAccess): void {
  if (access !== 'read-only' && access !== 'read-write') throw new TypeError(`not an access of a peer: ${access}`);
}

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
import { ArenaFullError, AttachError, ClosedMemoryError } from './errors.ts';
import { FreeList } from './free-list.ts';
import { Region } from './region.ts';
import { Segment } from './segment.ts';
import { headerBytes } from './segment-header.ts';

/** What the peer may do with a region. Of a sealed arena the kernel sees to it. */
export type PeerAccess = 'read-only' | 'read-write';

export interface ArenaOptions {
  /** For people: who the peer is. */
  readonly label: string;
  /** Default: `sealed`. */
  readonly backend?: Backend;
  /** Room for regions that the peer may write: control words, and what it renders itself. Default: 64 KiB. */
  readonly readWriteBytes?: number;
  /** Room for regions that the peer may only read: pixels that this process writes. Default: none. */
  readonly readOnlyBytes?: number;
  /** When the memory of read-only regions is taken. `later`: by `take`; write nothing there before. Default: `at-once`. */
  readonly readOnlyMemory?: 'at-once' | 'later';
}

/** A segment by its number in the arena, and an offset in bytes from its beginning. */
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
 * The memory that two processes have in common, of which buffers are given out by offset. One arena per peer process:
 * a segment costs several system calls and address space, and a locked-down peer can attach no further one, while a
 * region in an arena that it has attached costs neither of them anything.
 *
 * The owner creates, allocates, frees and destroys. The peer attaches, and finds regions by their descriptors.
 */
export class Arena {
  readonly label: string;
  readonly backend: Backend;
  readonly owned: boolean;
  readonly #parts: Part[] = [];
  /** Regions that `allocate` gave out and `free` has not taken back. */
  readonly #handedOut = new Set<Region>();
  #closed = false;
  #destroyed = false;

  private constructor(label: string, backend: Backend, owned: boolean) {
    this.label = label;
    this.backend = backend;
    this.owned = owned;
  }

  /** Throws what Segment.create throws; leaves nothing behind then. */
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

  /** Throws what Segment.attach throws; leaves nothing mapped then. */
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

  /** The peer's: attaches those segments that it does not have yet. */
  add(descriptor: ArenaDescriptor): void {
    this.assertUsable();
    for (const segment of descriptor.segments) {
      if (this.#parts.some((part) => part.segment.id === segment.id)) continue;
      const attached = Segment.attach(segment, `${this.label} (${segment.access})`);
      this.#parts.push({ segment: attached, access: segment.access, free: undefined });
    }
  }

  /** Adds room for at least `bytes` bytes, in a new segment, and returns what the peer has to `add`. Owner's. */
  async grow(access: PeerAccess, bytes: number, memory: 'at-once' | 'later' = 'at-once'): Promise<ArenaDescriptor> {
    this.assertUsable();
    if (this.#closed)
      throw new ClosedMemoryError(`arena "${this.label}" is closed, and its peer can attach nothing more`);
    if (!this.owned) throw new TypeError(`arena "${this.label}" is another process's to grow`);
    checkAccess(access);
    const segment = await Segment.create({
      label: `${this.label} (${access})`,
      backend: this.backend,
      payloadBytes: bytes,
      peerAccess: access,
      memory,
    });
    if (this.#destroyed) {
      await segment.destroy(); // meanwhile: it must not outlive the arena
      this.assertUsable();
    }
    this.#parts.push({ segment, access, free: new FreeList(headerBytes, segment.bytes) });
    return { label: this.label, segments: [segment.descriptor()] };
  }

  /** Takes all memory that was to be taken later. Throws what Segment.take throws. */
  async take(): Promise<void> {
    this.assertUsable();
    await Promise.all(this.#parts.map(({ segment }) => segment.take()));
    this.assertUsable();
  }

  /** Everything a peer needs to attach. Throws once the arena is closed. */
  descriptor(): ArenaDescriptor {
    this.assertUsable();
    const segments: SegmentDescriptor[] = this.#parts.map((part) => part.segment.descriptor());
    return { label: this.label, segments };
  }

  /** Ends attaching, for any peer and for ever: names are unlinked, descriptors closed. Those attached stay so. */
  close(): void {
    this.#closed = true;
    for (const { segment } of this.#parts) segment.unlink();
  }

  /** Bytes not handed out, of one kind. Not necessarily in one stretch. */
  bytesFree(access: PeerAccess): number {
    this.assertUsable();
    return this.#parts.reduce((sum, part) => sum + (part.access === access ? (part.free?.bytesFree ?? 0) : 0), 0);
  }

  /**
   * A region of exactly `bytes` bytes. Its contents are what the last user left: whoever allocates sets it up.
   * Throws ArenaFullError.
   */
  allocate(access: PeerAccess, bytes: number, alignment: typeof wordAlignment | typeof pixelAlignment): Region {
    this.assertUsable();
    checkAccess(access);
    checkWhole(bytes, 1, maximumBytes, 'a region’s length in bytes');
    if (alignment !== wordAlignment && alignment !== pixelAlignment) throw new RangeError(`no alignment: ${alignment}`);
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
   * Gives a region back. The peer must have been told, or be gone: it can still write there. Throws RangeError for one
   * that `allocate` did not give out, or that was given back before.
   */
  free(region: Region): void {
    this.assertUsable();
    if (!this.#handedOut.delete(region)) {
      throw new RangeError(`arena "${this.label}" did not hand out that region, or has it back already`);
    }
    const part = this.#parts.find(({ segment }) => segment === region.segment);
    part?.free?.give(region.byteOffset, region.byteLength);
  }

  /** The region that a descriptor names. Throws AttachError when it is not in this arena. */
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

  /** Where a region lies, in numbers that can stand in shared memory and mean the same in the peer. */
  placeOf(region: Region): Place {
    this.assertUsable();
    return { segment: this.#parts.findIndex(({ segment }) => segment === region.segment), offset: region.byteOffset };
  }

  /** The region at a place that was read from shared memory: undefined when that is nowhere in this arena. */
  regionAt({ segment, offset }: Place, bytes: number): Region | undefined {
    this.assertUsable();
    const part = this.#parts[segment];
    return part && Region.fits(part.segment, offset, bytes) ? new Region(part.segment, offset, bytes) : undefined;
  }

  /**
   * Lets go of all of it. Idempotent. Nobody can attach from now on; resolves when the kernel has the memory back, and
   * views that are still held are private zeros.
   */
  async destroy(): Promise<void> {
    this.#closed = true;
    this.#destroyed = true;
    await Promise.all(this.#parts.map(({ segment }) => segment.detach()));
  }

  /** True from the moment that it is destroyed: nothing in it can be used any more. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** Throws ClosedMemoryError once it is destroyed. */
  assertUsable(): void {
    if (this.#destroyed) throw new ClosedMemoryError(`arena "${this.label}" is destroyed`);
  }

  /** The peer's word for `destroy`: the memory itself is the owner's. */
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
  if (access !== 'read-only' && access !== 'read-write') throw new TypeError(`no access of a peer: ${access}`);
}

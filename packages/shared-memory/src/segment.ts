import { randomBytes } from 'node:crypto';
import { checkLabel, checkWhole } from './arguments.ts';
import { type Backend, type BackingObject, checkRoom, createBacking, noSpace, seal } from './backing.ts';
import { maximumBytes, pageBytes, type SegmentDescriptor } from './descriptors.ts';
import { ClosedMemoryError } from './errors.ts';
import { closeWayIn, disown, own, type Remains, type WayIn } from './forgotten.ts';
import { Mapping, wholePages } from './mapping.ts';
import { openForAttach } from './open-for-attach.ts';
import * as posix from './posix.ts';
import { ownIdentity } from './process-identity.ts';
import { register, unregister } from './registry.ts';
import {
  checkHeader,
  headerBytes,
  layoutVersion,
  readHeader,
  type SegmentHeader,
  writeHeader,
} from './segment-header.ts';

export interface SegmentOptions {
  /** For people: shows in `segments()`, in warnings and (sealed) in /proc/PID/maps. */
  readonly label: string;
  readonly backend: Backend;
  /** Wanted after the header; the segment is that and the header, rounded up to whole pages of 64 KiB. */
  readonly payloadBytes: number;
  /** What peers get. `read-only` is enforced by the kernel for a sealed segment. Default: `read-write`. */
  readonly peerAccess?: 'read-only' | 'read-write';
  /** Default: 1. */
  readonly generation?: number;
  /**
   * When its memory is taken. `later`: by `take`; until that has succeeded, this process must touch nothing but the
   * header. A kernel that cannot (before Linux 5.14) has it taken at once. Default: `at-once`.
   */
  readonly memory?: 'at-once' | 'later';
}

/**
 * A stretch of memory that several processes have in common: the same physical pages under each one's `buffer`.
 *
 * Life: `create` (one process, the owner) - `descriptor()` travels to the peers - `attach` (each peer) - `unlink` once
 * all that ever shall attach have - `detach` (peers) and `destroy` (owner). The memory is freed when the last one lets
 * go or dies. Detaching is explicit: a segment that is merely forgotten is released by the garbage collector some time,
 * with a warning.
 */
export class Segment {
  readonly label: string;
  readonly backend: Backend;
  readonly bytes: number;
  readonly id: string;
  /** Of this process. */
  readonly access: 'read-only' | 'read-write';
  /** True in the process that created it. */
  readonly owned: boolean;
  readonly generation: number;
  readonly #mapping: Mapping;
  /** What `descriptor` hands out; undefined once nobody may attach any more. */
  #descriptor: SegmentDescriptor | undefined;
  readonly #remains: Remains;
  #released: Promise<void> | undefined;
  #isTaken = true;
  #taking: Promise<void> | undefined;

  private constructor(label: string, mapping: Mapping, descriptor: SegmentDescriptor, wayIn: WayIn | undefined) {
    this.label = label;
    this.backend = descriptor.backend;
    this.bytes = descriptor.bytes;
    this.id = descriptor.id;
    this.generation = descriptor.generation;
    this.owned = wayIn !== undefined;
    this.access = this.owned ? 'read-write' : descriptor.access;
    this.#mapping = mapping;
    this.#descriptor = descriptor;
    this.#remains = { label, wayIn };
    register(this);
    own(this, this.#remains);
  }

  /**
   * Makes a segment, its memory already taken and in the page table, unless that is wanted later. Milliseconds for
   * megabytes, off the event loop.
   * Throws NoSpaceError, AddressSpaceError or PosixError; leaves nothing behind then.
   */
  static async create(options: SegmentOptions): Promise<Segment> {
    checkLabel(options.label, 'the label');
    checkWhole(options.payloadBytes, 0, maximumBytes - headerBytes, 'a segment’s payload in bytes');
    checkWhole(options.generation ?? 1, 0, 0xffff_ffff, 'a segment’s generation');
    const bytes = wholePages(headerBytes + options.payloadBytes);
    const { memory = 'at-once' } = options;
    if (memory !== 'at-once' && memory !== 'later') throw new TypeError(`no time to take memory: ${memory}`);
    const isLater = memory === 'later';
    const backing = await createBacking(options.backend, bytes, options.label, isLater ? pageBytes : bytes);
    let mapping: Mapping | undefined;
    try {
      mapping = new Mapping(backing.fd, bytes, true);
      const canTakeLater = isLater && (await mapping.populate(pageBytes));
      if (isLater && !canTakeLater) await posix.posix_fallocate(backing.fd, bytes);
      if (!canTakeLater) await mapping.populate();
      const id = randomBytes(8).toString('hex');
      const generation = options.generation ?? 1;
      writeHeader(mapping.buffer, { bytes, generation, owner: ownIdentity(), id });
      const access = options.peerAccess ?? 'read-write';
      const common = { id, bytes, layoutVersion, generation, access };
      if (backing.name === undefined) {
        // Only now: the owner's own mapping has to exist before new writable ones are forbidden.
        seal(backing.fd, access === 'read-only');
        const descriptor = { backend: 'sealed' as const, pid: process.pid, fd: backing.fd, ...common };
        const segment = new Segment(options.label, mapping, descriptor, { fd: backing.fd, name: undefined });
        segment.#isTaken = !canTakeLater;
        return segment;
      }
      posix.close(backing.fd); // the name is the way in
      const descriptor = { backend: 'named' as const, name: backing.name, ...common };
      const segment = new Segment(options.label, mapping, descriptor, { fd: undefined, name: backing.name });
      segment.#isTaken = !canTakeLater;
      return segment;
    } catch (error) {
      await mapping?.unmap();
      discard(backing);
      throw error;
    }
  }

  /**
   * Maps a segment that another process has created. `descriptor` must come over a channel that is trusted to name
   * memory. Throws AttachError or PosixError; maps nothing then. No file descriptor stays open.
   */
  static attach(descriptor: SegmentDescriptor, label = `segment ${descriptor.id}`): Segment {
    const { fd, target } = openForAttach(descriptor);
    let mapping: Mapping;
    try {
      mapping = new Mapping(fd, descriptor.bytes, descriptor.access === 'read-write');
    } finally {
      posix.close(fd); // a mapping outlives its descriptor
    }
    try {
      checkHeader(mapping.buffer, descriptor, target);
    } catch (error) {
      void mapping.unmap();
      throw error;
    }
    return new Segment(label, mapping, descriptor, undefined);
  }

  /**
   * The memory, header included. Throws ClosedMemoryError after `detach`; views that were made before then see private
   * zero pages, and stay harmless.
   */
  get buffer(): SharedArrayBuffer {
    if (this.detached) throw new ClosedMemoryError(`segment "${this.label}" is detached`);
    return this.#mapping.buffer;
  }

  get detached(): boolean {
    return this.#released !== undefined;
  }

  /** Its memory is there: no touch of it can fail. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /**
   * Takes the memory of a segment that was made to have it later, off the event loop. Idempotent; the owner's. Throws
   * NoSpaceError when it is not to be had (it may be asked for again), ClosedMemoryError when it is let go of meanwhile.
   */
  async take(): Promise<void> {
    if (this.detached) throw new ClosedMemoryError(`segment "${this.label}" is detached`);
    if (this.#isTaken) return;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
    await this.#taking;
  }

  /** The header's words at this moment. Throws ClosedMemoryError after `detach`. What a peer may have scribbled there is shown, not believed. */
  header(): SegmentHeader {
    return readHeader(this.buffer);
  }

  /** What a peer attaches with. Throws once `unlink`, `detach` or `destroy` was called: nobody can attach any more. */
  descriptor(): SegmentDescriptor {
    if (!this.#descriptor) throw new ClosedMemoryError(`segment "${this.label}" can no longer be attached`);
    return this.#descriptor;
  }

  /** True while `descriptor` gives one. */
  get attachable(): boolean {
    return this.#descriptor !== undefined;
  }

  /** Removes the way in: the name, or the file descriptor. Those who are attached stay so. Idempotent; the owner's. */
  unlink(): void {
    this.#descriptor = undefined;
    const { wayIn } = this.#remains;
    this.#remains.wayIn = undefined;
    if (wayIn) closeWayIn(wayIn);
  }

  /**
   * Lets go of the memory in this process; the owner's `detach` unlinks too. Idempotent. Nobody can attach from now on;
   * resolves when the kernel has the memory back, which for many megabytes takes milliseconds, off the event loop.
   */
  detach(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  /** The owner's word for it: the memory is freed as soon as no peer has it mapped. */
  destroy(): Promise<void> {
    return this.detach();
  }

  [Symbol.dispose](): void {
    void this.detach();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.detach();
  }

  async #take(): Promise<void> {
    checkRoom(this.backend, this.bytes);
    // Where a touch would raise SIGBUS, the kernel only says no to this.
    const isThere = await this.#mapping.populate();
    if (this.detached) throw new ClosedMemoryError(`segment "${this.label}" is detached`);
    if (!isThere) throw noSpace(this.backend, this.bytes);
    this.#isTaken = true;
  }

  async #release(): Promise<void> {
    const { wayIn } = this.#remains;
    this.#remains.wayIn = undefined;
    this.#descriptor = undefined;
    disown(this);
    unregister(this);
    if (wayIn?.name !== undefined) closeWayIn(wayIn);
    await this.#mapping.unmap();
    if (wayIn?.fd !== undefined) await posix.closeSlowly(wayIn.fd);
  }
}

function discard(backing: BackingObject): void {
  posix.close(backing.fd);
  if (backing.name !== undefined) posix.shm_unlink(backing.name);
}

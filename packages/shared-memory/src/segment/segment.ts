import { randomBytes } from 'node:crypto';
import { ClosedMemoryError } from '../posix/errors.ts';
import { Mapping, wholePages } from '../posix/mapping.ts';
import { openForAttach } from '../posix/open-for-attach.ts';
import * as posix from '../posix/posix.ts';
import { ownIdentity } from '../posix/process-identity.ts';
import { checkLabel, checkWhole } from './arguments.ts';
import { type Backend, type BackingObject, checkRoom, createBacking, noSpace, seal } from './backing.ts';
import { maximumBytes, pageBytes, type SegmentDescriptor } from './descriptors.ts';
import { closeWayIn, disown, own, type Remains, type WayIn } from './forgotten.ts';
import { register, unregister } from './registry.ts';
import {
  checkHeader,
  headerBytes,
  layoutVersion,
  readHeader,
  type SegmentHeader,
  writeHeader,
} from './segment-header.ts';

/** Size and access of a new segment. */
export interface SegmentOptions {
  /** Name in `segments()`, in warnings and, if sealed, in /proc/PID/maps. */
  readonly label: string;
  readonly backend: Backend;
  /** Size without the header. The segment has this plus the header, rounded up to whole pages of 64 KiB. */
  readonly payloadBytes: number;
  /** Access of the peers. The kernel enforces `read-only` for a sealed segment. Default: `read-write`. */
  readonly peerAccess?: 'read-only' | 'read-write';
  /** Default: 1. */
  readonly generation?: number;
  /**
   * When the memory is taken. `later`: by `take`; before that has succeeded, this process must access only the header.
   * On kernels before Linux 5.14, `later` means `at-once`. Default: `at-once`.
   */
  readonly memory?: 'at-once' | 'later';
}

/**
 * Memory that several processes share: the `buffer` of each has the same physical pages.
 *
 * Life: the owner calls `create` and sends `descriptor()` to the peers; each peer calls `attach`; the owner calls
 * `unlink` when all peers have attached; at the end peers call `detach` and the owner `destroy`. The memory is freed
 * when the last process detaches or dies. If nothing detaches a segment, the garbage collector releases it later, with
 * a warning.
 */
export class Segment {
  readonly label: string;
  readonly backend: Backend;
  readonly bytes: number;
  readonly id: string;
  /** Access of this process. */
  readonly access: 'read-only' | 'read-write';
  /** True in the process that created it. */
  readonly owned: boolean;
  readonly generation: number;
  readonly #mapping: Mapping;
  /** Result of `descriptor()`; undefined once no peer may attach. */
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
   * Creates a segment. Unless `memory` is `later`, takes its memory and fills the page table, off the event loop; this
   * takes milliseconds for megabytes.
   * @param options `payloadBytes`: size without the header, bytes
   * @returns the segment, mapped in this process
   * @throws NoSpaceError, AddressSpaceError or PosixError; nothing is left behind then
   * @see memfd_create(2), shm_open(3), posix_fallocate(3)
   */
  static async create(options: SegmentOptions): Promise<Segment> {
    checkLabel(options.label, 'the label');
    checkWhole(options.payloadBytes, 0, maximumBytes - headerBytes, 'a segment’s payload in bytes');
    checkWhole(options.generation ?? 1, 0, 0xffff_ffff, 'a segment’s generation');
    const bytes = wholePages(headerBytes + options.payloadBytes);
    const { memory = 'at-once' } = options;
    if (memory !== 'at-once' && memory !== 'later') throw new TypeError(`not a time to take memory: ${memory}`);
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
        // Seal only now: the owner's mapping must exist before new writable mappings are forbidden.
        seal(backing.fd, access === 'read-only');
        const descriptor = { backend: 'sealed' as const, pid: process.pid, fd: backing.fd, ...common };
        const segment = new Segment(options.label, mapping, descriptor, { fd: backing.fd, name: undefined });
        segment.#isTaken = !canTakeLater;
        return segment;
      }
      posix.close(backing.fd); // peers attach by the name
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
   * Maps a segment that another process has created. `descriptor` must come over a trusted channel. No file descriptor
   * stays open.
   * @param descriptor from the owner's `descriptor()`
   * @param label name in reports and warnings; default: the owner's
   * @returns the segment, mapped in this process
   * @throws AttachError or PosixError; nothing stays mapped then
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
   * The memory, header included. Throws ClosedMemoryError after `detach`. Views made before that then see private zero
   * pages.
   */
  get buffer(): SharedArrayBuffer {
    if (this.detached) throw new ClosedMemoryError(`segment "${this.label}" is detached`);
    return this.#mapping.buffer;
  }

  get detached(): boolean {
    return this.#released !== undefined;
  }

  /** True once the memory is taken: no access can fail then. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /**
   * Takes the memory of a segment that was created with `later`, off the event loop. Idempotent. For the owner. Throws
   * NoSpaceError if there is not enough memory (you may retry), ClosedMemoryError if the segment is detached meanwhile.
   */
  async take(): Promise<void> {
    if (this.detached) throw new ClosedMemoryError(`segment "${this.label}" is detached`);
    if (this.#isTaken) return;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
    await this.#taking;
  }

  /**
   * @returns the header as it is in memory now. Peers can change it: do not trust it.
   * @throws ClosedMemoryError after `detach`
   */
  header(): SegmentHeader {
    return readHeader(this.buffer);
  }

  /**
   * @returns the descriptor for the peers
   * @throws after `unlink`, `detach` or `destroy`: no peer can attach then
   */
  descriptor(): SegmentDescriptor {
    if (!this.#descriptor) throw new ClosedMemoryError(`segment "${this.label}" can no longer be attached`);
    return this.#descriptor;
  }

  /** True while `descriptor()` returns one. */
  get attachable(): boolean {
    return this.#descriptor !== undefined;
  }

  /** Removes the name or the file descriptor. Attached peers stay attached. Idempotent. For the owner. */
  unlink(): void {
    this.#descriptor = undefined;
    const { wayIn } = this.#remains;
    this.#remains.wayIn = undefined;
    if (wayIn) closeWayIn(wayIn);
  }

  /**
   * Releases the memory in this process; the owner's `detach` unlinks too. Idempotent. Resolves when the kernel has the
   * memory back. For many megabytes that takes milliseconds, off the event loop.
   */
  detach(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  /** Same as `detach`, named for the owner: the memory is freed as soon as no peer has it mapped. */
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
    // If there is no memory, this call fails; an access would raise SIGBUS.
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

import type { Arena } from '../segment/arena.ts';
import { checkCount } from '../segment/arguments.ts';
import { type BufferReport, registerBuffer, unregisterBuffer } from '../segment/buffer-registry.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import { Lease } from '../segment/lease.ts';
import { countersFault, fill, type RingFault, type RingMemory, ringWord } from './ring-layout.ts';
import { type ArenaRing, allocateRing, describeRing, findRing, type RingOptions } from './ring-memory.ts';

type Role = RingDescriptor['role'];

/** Values of both counters. */
export interface Positions {
  readonly written: number;
  readonly read: number;
}

/** Ring and first counter values of a side. `ring` is undefined between threads of one process. */
export interface Start {
  readonly memory: RingMemory;
  readonly ring: ArenaRing | undefined;
  readonly owned: boolean;
  readonly generation: number;
  readonly written: number;
  readonly read: number;
}

/** Base class of all sides of rings: ownership, replacement of a peer, and end. */
export abstract class RingSide {
  readonly label: string;
  /** In bytes for a record ring, otherwise in cells or elements. */
  readonly capacity: number;
  readonly generation: number;
  readonly role: Role;
  protected readonly header: Uint32Array<SharedArrayBuffer>;
  readonly #ring: ArenaRing | undefined;
  readonly #owned: boolean;
  #peerGeneration = 1;
  #fault: RingFault | undefined;
  protected readonly lease: Lease;

  protected constructor(start: Start, role: Role) {
    this.label = start.memory.label;
    this.capacity = start.memory.capacity;
    this.generation = start.generation;
    this.role = role;
    this.header = start.memory.header;
    this.lease = new Lease(`ring "${this.label}"`, start.ring?.arena);
    this.#ring = start.ring;
    this.#owned = start.owned;
    const [pid, generation] =
      role === 'writer'
        ? [ringWord.writerPid, ringWord.writerGeneration]
        : [ringWord.readerPid, ringWord.readerGeneration];
    Atomics.store(this.header, pid, process.pid);
    Atomics.store(this.header, generation, start.generation);
    if (start.ring) registerBuffer(this);
  }

  /** Set once the peer broke the rules. Nothing passes any more: drop the ring. */
  get fault(): RingFault | undefined {
    return this.#fault;
  }

  /** @returns the peer's descriptor. For the owner. Give it to one process only; use `replacePeer` to replace it. */
  peerDescriptor(): RingDescriptor {
    this.lease.assert();
    const own = this.own();
    return this.#describe(this.#positions() ?? { written: own, read: own });
  }

  /**
   * @returns the descriptor for the replacement of a dead peer. Data that was published and not released is still
   *   there, so the replacement of a dead consumer gets it again. After a fault the ring starts empty, because the data
   *   of the dead peer cannot be trusted. For the owner, and only after the old process has ended.
   */
  replacePeer(): RingDescriptor {
    this.lease.assert();
    if (!this.#ring || !this.#owned)
      throw new TypeError(`ring "${this.label}" belongs to another process: only its owner can describe it`);
    this.#peerGeneration += 1;
    const own = this.own();
    const left = this.#fault ? undefined : this.#positions();
    const positions = left ?? { written: own, read: own };
    this.#fault = undefined;
    if (!left) Atomics.store(this.header, this.role === 'writer' ? ringWord.read : ringWord.written, own);
    this.restart(positions);
    return this.#describe(positions);
  }

  /** Ends the use of the ring. The owner's `close` frees its memory for other buffers: tell the peer first. */
  close(): void {
    if (!this.lease.end()) return;
    unregisterBuffer(this);
    if (this.#ring && this.#owned && !this.#ring.arena.destroyed) this.#ring.arena.free(this.#ring.region);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** For `buffers()`. */
  get usable(): boolean {
    return this.lease.holds;
  }

  /**
   * For `buffers()`.
   * @returns counters, sizes and control words as they are now
   */
  report(): BufferReport {
    this.lease.assert();
    const words = Array.from(this.header, (_, index) => Atomics.load(this.header, index));
    const word = (name: keyof typeof ringWord): number => words[ringWord[name]] ?? 0;
    const [own, other] = [this.own(), this.peerCounter()];
    const ring = this.#ring;
    const slotBytes = ring && ring.of !== 'record' ? ring.memory.data.byteLength / this.capacity : 1;
    return {
      kind: 'ring',
      label: this.label,
      role: this.role,
      backend: ring?.arena.backend ?? 'sealed',
      arena: ring?.arena.label ?? 'threads',
      bytes: this.header.byteLength + this.capacity * slotBytes,
      slots: this.capacity,
      slotBytes,
      writer: { pid: word('writerPid'), generation: word('writerGeneration') },
      reader: { pid: word('readerPid'), generation: word('readerGeneration') },
      sequence: this.role === 'writer' ? { published: own, taken: other } : { published: other, taken: own },
      counts: { taken: this.role === 'writer' ? other : own, dropped: word('dropped'), torn: 0, overwritten: 0 },
      fault: this.#fault,
      words,
    };
  }

  /** Returns this side's counter. It is not read from memory that the peer can write, except with drop-oldest. */
  protected abstract own(): number;

  /** Returns the peer's counter as the peer wrote it, unchecked. */
  protected peerCounter(): number {
    return Atomics.load(this.header, this.role === 'writer' ? ringWord.read : ringWord.written);
  }

  /** Continues from these positions with a new peer, which has not attached yet. */
  protected abstract restart(positions: Positions): void;

  protected corrupt(fault: RingFault): RingFault {
    this.#fault ??= fault;
    return this.#fault;
  }

  protected countersFault(written: number, read: number): RingFault {
    return this.corrupt(countersFault(written, read, this.capacity));
  }

  #describe(positions: Positions): RingDescriptor {
    if (!this.#ring || !this.#owned)
      throw new TypeError(`ring "${this.label}" belongs to another process: only its owner can describe it`);
    const role = this.role === 'writer' ? 'reader' : 'writer';
    return describeRing(this.#ring, role, { generation: this.#peerGeneration, ...positions });
  }

  /** Returns undefined if the peer's counter is impossible. */
  #positions(): Positions | undefined {
    const [own, other] = [this.own(), this.peerCounter()];
    const [written, read] = this.role === 'writer' ? [own, other] : [other, own];
    return fill(written, read, this.capacity) === undefined ? undefined : { written, read };
  }
}

/** Starts a new ring in an arena of this process. Throws ArenaFullError or RangeError. */
export function startNew(arena: Arena, options: RingOptions, of: RingDescriptor['of']): Start {
  const ring = allocateRing(arena, options, of);
  const at = (options.startAt ?? 0) >>> 0;
  return { memory: ring.memory, ring, owned: true, generation: 1, written: at, read: at };
}

/** Starts on a ring that another process has made. Throws AttachError if it is not in `arena`. */
export function startAttached(arena: Arena, descriptor: RingDescriptor, role: Role): Start {
  const { generation, written, read } = descriptor;
  for (const word of [generation, written, read]) checkCount(word, 0xffff_ffff, 'a counter of a descriptor');
  const ring = findRing(arena, descriptor, role);
  return { memory: ring.memory, ring, owned: false, generation, written, read };
}

/** Starts on a ring between two threads. The memory must be zero when the first thread starts. */
export function startBetweenThreads(memory: RingMemory): Start {
  return { memory, ring: undefined, owned: false, generation: 1, written: 0, read: 0 };
}

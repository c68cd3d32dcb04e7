import type { Arena, PeerAccess } from '../segment/arena.ts';
import { checkCount, checkLabel } from '../segment/arguments.ts';
import { type RingDescriptor, wordAlignment } from '../segment/descriptors.ts';
import type { Region } from '../segment/region.ts';
import {
  cellWords,
  elementArrays,
  type Overflow,
  powerOfTwo,
  type RingMemory,
  ringHeaderBytes,
  ringWord,
} from './ring-layout.ts';

/** Size of a new ring, and its behaviour when it is full. */
export interface RingOptions {
  /** Name in reports and errors. */
  readonly label: string;
  /** In bytes for a record ring, otherwise in cells or elements. Rounded up to a power of two. */
  readonly capacity: number;
  /** Default: `refuse`. */
  readonly overflow?: Overflow;
  /** First value of the counters. Default: 0. Tests start just below the wrap-around of a word. */
  readonly startAt?: number;
}

/** A ring in an arena, with its region for the peer's descriptor. */
export interface ArenaRing {
  readonly memory: RingMemory;
  readonly arena: Arena;
  readonly region: Region;
  readonly of: RingDescriptor['of'];
}

const access: PeerAccess = 'read-write'; // both sides write a counter

/** Allocates and initialises a ring. Throws ArenaFullError or RangeError and leaves nothing allocated then. */
export function allocateRing(arena: Arena, options: RingOptions, of: RingDescriptor['of']): ArenaRing {
  checkLabel(options.label, 'the label');
  checkCount(options.startAt ?? 0, 0xffff_ffff, 'the start of the counters');
  const overflow = options.overflow ?? 'refuse';
  if (overflow !== 'refuse' && overflow !== 'drop-oldest') throw new TypeError(`not an overflow policy: ${overflow}`);
  const capacity = powerOfTwo(options.capacity);
  const region = arena.allocate(access, ringHeaderBytes + capacity * elementBytes(of), wordAlignment);
  const ring = overRegion(arena, region, of, capacity, options.label, overflow);
  const startAt = (options.startAt ?? 0) >>> 0;
  ring.memory.header.fill(0);
  // Future cells have stamps above `startAt`, so this value is no future cell's stamp.
  if (of === 'cell')
    new Uint32Array(region.segment.buffer, ring.memory.data.byteOffset, capacity * cellWords).fill(startAt);
  Atomics.store(ring.memory.header, ringWord.written, startAt);
  Atomics.store(ring.memory.header, ringWord.read, startAt);
  return ring;
}

/** Finds a ring that the arena's owner has allocated. Throws AttachError if it is not in `arena`. */
export function findRing(arena: Arena, descriptor: RingDescriptor, role: RingDescriptor['role']): ArenaRing {
  const { label, of, capacity, overflow } = descriptor;
  if (descriptor.role !== role) throw new TypeError(`ring "${label}" is to be attached by a ${descriptor.role}`);
  const region = arena.region(descriptor.region);
  if (capacity !== powerOfTwo(capacity) || region.byteLength !== ringHeaderBytes + capacity * elementBytes(of)) {
    throw new RangeError(`ring "${label}": its region does not have the size of its layout`);
  }
  return overRegion(arena, region, of, capacity, label, overflow);
}

export function describeRing(
  { memory, region, of }: ArenaRing,
  role: RingDescriptor['role'],
  at: { generation: number; written: number; read: number },
): RingDescriptor {
  const { label, capacity, overflow } = memory;
  return { kind: 'ring', label, role, of, region: region.descriptor, capacity, overflow, ...at };
}

function elementBytes(of: RingDescriptor['of']): number {
  if (of === 'record') return 1;
  return of === 'cell' ? cellWords * 4 : elementArrays[of].BYTES_PER_ELEMENT;
}

function overRegion(
  arena: Arena,
  region: Region,
  of: RingDescriptor['of'],
  capacity: number,
  label: string,
  overflow: Overflow,
): ArenaRing {
  const header = region.words(0, ringHeaderBytes);
  const data = region.bytes(ringHeaderBytes);
  return { arena, region, of, memory: { label, overflow, capacity, header, data } };
}

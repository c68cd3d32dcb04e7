import { AttachError } from '../posix/errors.ts';
import type { ProcessIdentity } from '../posix/process-identity.ts';
import type { SegmentDescriptor } from './descriptors.ts';

/**
 * Layout of the header, the first bytes of every segment. Words have 32 bits and are little-endian. The creator writes
 * them once, before any other process can attach.
 *
 * | byte | word | |
 * |---|---|---|
 * | 0 | magic | "BKHD" |
 * | 4 | layout version | 1 |
 * | 8 | bytes | size of the whole segment, header included |
 * | 12 | generation | |
 * | 16 | owner PID | |
 * | 20, 24 | owner start time | clock ticks since boot, low word first |
 * | 28, 32 | id | random, first half first |
 *
 * No process trusts the header: a process with write access can change it at any time. Attach compares it with the
 * descriptor, which came over a trusted channel. After that, every process uses the numbers of the descriptor.
 */
const magic = 0x4448_4b42; // the bytes "BKHD"
export const layoutVersion = 1;
/** Size of the header: a whole page, so that the payload starts on its own page. */
export const headerBytes = 4096;

const at = { magic: 0, version: 1, bytes: 2, generation: 3, pid: 4, startLow: 5, startHigh: 6, idFirst: 7, idLast: 8 };

/** The header as it is in memory now, for display. */
export interface SegmentHeader {
  readonly magic: number;
  readonly layoutVersion: number;
  readonly bytes: number;
  readonly generation: number;
  readonly owner: ProcessIdentity;
  readonly id: string;
}

export interface HeaderContents {
  readonly bytes: number;
  readonly generation: number;
  readonly owner: ProcessIdentity;
  readonly id: string;
}

/** Writes the magic word last: a process that sees it sees the rest (pairs with the load in readHeader). */
export function writeHeader(buffer: SharedArrayBuffer, contents: HeaderContents): void {
  const words = new Uint32Array(buffer, 0, headerBytes / 4);
  words[at.version] = layoutVersion;
  words[at.bytes] = contents.bytes;
  words[at.generation] = contents.generation;
  words[at.pid] = contents.owner.pid;
  words[at.startLow] = contents.owner.startTime % 2 ** 32;
  words[at.startHigh] = Math.floor(contents.owner.startTime / 2 ** 32);
  words[at.idFirst] = Number.parseInt(contents.id.slice(0, 8), 16);
  words[at.idLast] = Number.parseInt(contents.id.slice(8), 16);
  Atomics.store(words, at.magic, magic);
}

export function readHeader(buffer: SharedArrayBuffer): SegmentHeader {
  const words = new Uint32Array(buffer, 0, headerBytes / 4);
  const load = (index: number): number => Atomics.load(words, index);
  return {
    magic: load(at.magic),
    layoutVersion: load(at.version),
    bytes: load(at.bytes),
    generation: load(at.generation),
    owner: { pid: load(at.pid), startTime: load(at.startLow) + load(at.startHigh) * 2 ** 32 },
    id: [load(at.idFirst), load(at.idLast)].map((half) => half.toString(16).padStart(8, '0')).join(''),
  };
}

/** Throws AttachError if the mapped segment does not match its descriptor. */
export function checkHeader(buffer: SharedArrayBuffer, expected: SegmentDescriptor, target: string): void {
  const found = readHeader(buffer);
  const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
  if (found.magic !== magic) {
    throw new AttachError(
      'wrong-magic',
      target,
      `it starts with ${hex(found.magic)}, not ${hex(magic)}: not a segment.`,
    );
  }
  if (found.layoutVersion !== layoutVersion) {
    const explanation = `its layout has version ${found.layoutVersion}, this process uses ${layoutVersion}.`;
    throw new AttachError('wrong-version', target, explanation);
  }
  if (found.id !== expected.id) {
    throw new AttachError('wrong-identity', target, `it is segment ${found.id}, not ${expected.id}.`);
  }
  if (found.bytes !== expected.bytes) {
    throw new AttachError('wrong-size', target, `its header says ${found.bytes} bytes, not ${expected.bytes}.`);
  }
  if (found.generation !== expected.generation) {
    const explanation = `it is at generation ${found.generation}, the descriptor is of ${expected.generation}.`;
    throw new AttachError('wrong-generation', target, explanation);
  }
}

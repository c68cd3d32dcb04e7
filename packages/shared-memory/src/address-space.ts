/**
 * A process's own memory by its addresses, and the calls by which one process reaches into another's: what lessons
 * about address spaces do. Nothing here is shared memory, and nothing of the browser uses it.
 */
import { PosixError } from './errors.ts';
import { koffi, libc } from './libc.ts';
import { MAP_ANONYMOUS, MAP_PRIVATE, mmap, munmap, PROT_READ, PROT_WRITE, posixError } from './posix.ts';

/** Takes the address that is asked for, or fails with EEXIST when something is mapped there. Linux 4.17 and later. */
const MAP_FIXED_NOREPLACE = 0x100000;
const PR_SET_DUMPABLE = 4;

/** Bytes of a page, the unit of a mapping. */
export const pageBytes = 4096;

/** Maps a page of this process's own at this very address (a multiple of the page). Throws PosixError. */
export function mapPrivatePage(address: bigint): void {
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  mmap(address, pageBytes, PROT_READ | PROT_WRITE, flags, -1);
}

/** Whether a page could be mapped there now. */
export function isFree(address: bigint): boolean {
  try {
    mapPrivatePage(address);
  } catch (error) {
    if (error instanceof PosixError && error.code === 'EEXIST') return false;
    throw error;
  }
  munmap(address, pageBytes);
  return true;
}

interface Calls {
  /** The C library's own, with the address as a number: whatever is not mapped there ends the process. */
  readonly load: (target: Uint8Array, address: bigint, bytes: number) => unknown;
  readonly store: (address: bigint, source: Uint8Array, bytes: number) => unknown;
  readonly process_vm_readv: (
    pid: number,
    local: Uint8Array,
    localCount: number,
    remote: Uint8Array,
    remoteCount: number,
    flags: number,
  ) => number;
  readonly prctl: (option: number, a: number, b: number, c: number, d: number) => number;
}

let bound: Calls | undefined;

function calls(): Calls {
  if (bound) return bound;
  const library = koffi().load('libc.so.6');
  bound = {
    load: library.func('void *memcpy(uint8_t *target, intptr_t source, size_t bytes)'),
    store: library.func('void *memcpy(intptr_t target, const uint8_t *source, size_t bytes)'),
    process_vm_readv: library.func(
      'intptr_t process_vm_readv(int pid, const uint8_t *local, size_t localCount, const uint8_t *remote, size_t remoteCount, size_t flags)',
    ),
    prctl: library.func('int prctl(int option, long a, long b, long c, long d)'),
  };
  return bound;
}

/** `*(int *) address` in this process. Where nothing is mapped, the kernel ends the process by SIGSEGV. */
export function loadInt(address: bigint): number {
  const bytes = new Uint8Array(4);
  calls().load(bytes, address, bytes.length);
  return asInt(bytes);
}

/** `*(int *) address = value` in this process. */
export function storeInt(address: bigint, value: number): void {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  calls().store(address, bytes, bytes.length);
}

/** The first bytes behind an address of this process. */
export function loadBytes(address: bigint, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  calls().load(bytes, address, count);
  return bytes;
}

/** `*(int *) address` as it stands in another process, by process_vm_readv. Throws PosixError: EPERM, ESRCH, EFAULT. */
export function process_vm_readv(pid: number, address: bigint): number {
  const bytes = new Uint8Array(4);
  const vector = (start: bigint) => new Uint8Array(new BigUint64Array([start, BigInt(bytes.length)]).buffer);
  const local = vector(libc().addressOf(bytes));
  if (Number(calls().process_vm_readv(pid, local, 1, vector(address), 1, 0)) !== bytes.length) {
    const target = `pid ${pid}, 0x${address.toString(16)}`;
    const error = posixError('process_vm_readv', target, libc().errno());
    if (error.code !== 'EPERM') throw error;
    throw new PosixError('process_vm_readv', target, 'EPERM', 'this process may not read that one’s memory.');
  }
  return asInt(bytes);
}

/** PR_SET_DUMPABLE: whether other processes of the same user may trace this one and read its memory. */
export function setDumpable(dumpable: boolean): void {
  if (calls().prctl(PR_SET_DUMPABLE, dumpable ? 1 : 0, 0, 0, 0) !== 0) {
    throw posixError('prctl', 'PR_SET_DUMPABLE', libc().errno());
  }
}

const asInt = (bytes: Uint8Array) => new DataView(bytes.buffer).getInt32(0, true);

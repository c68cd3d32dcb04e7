/**
 * Reads and writes this process's own memory by address, and reads the memory of another process. Only the lessons
 * about address spaces use this file. It does not touch shared memory.
 */
import { PosixError } from './errors.ts';
import { koffi, libc } from './libc.ts';
import { MAP_ANONYMOUS, MAP_PRIVATE, mmap, munmap, PROT_READ, PROT_WRITE, posixError } from './posix.ts';

/** mmap flag: maps at exactly this address, or fails with EEXIST if something is mapped there. Linux 4.17 and later. */
const MAP_FIXED_NOREPLACE = 0x100000;
const PR_SET_DUMPABLE = 4;

/** Size of a memory page, bytes. */
export const pageBytes = 4096;

/**
 * Maps one private page at exactly `address`, which must be a multiple of the page size.
 * @param address a multiple of `pageBytes`
 * @throws PosixError
 * @see mmap(2)
 */
export function mapPrivatePage(address: bigint): void {
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  mmap(address, pageBytes, PROT_READ | PROT_WRITE, flags, -1);
}

/**
 * @param address a multiple of `pageBytes`
 * @returns true if a page can be mapped at `address` now
 */
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
  /** memcpy with an address as a number. Reading or writing an unmapped address ends the process. */
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

/**
 * Reads `*(int *) address` in this process. If nothing is mapped there, the kernel ends the process with SIGSEGV.
 * @param address of a mapped int
 * @returns the int
 */
export function loadInt(address: bigint): number {
  const bytes = new Uint8Array(4);
  calls().load(bytes, address, bytes.length);
  return asInt(bytes);
}

/**
 * Writes `*(int *) address = value` in this process. An unmapped address ends the process with SIGSEGV.
 * @param address of a mapped, writable int
 * @param value 32 bits, signed
 */
export function storeInt(address: bigint, value: number): void {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  calls().store(address, bytes, bytes.length);
}

/**
 * Reads `count` bytes from `address` on, in this process.
 * @param address of the first byte
 * @param count number of bytes
 * @returns a copy
 */
export function loadBytes(address: bigint, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  calls().load(bytes, address, count);
  return bytes;
}

/**
 * Reads `*(int *) address` in another process.
 * @param pid of the other process
 * @param address in that process
 * @returns the int
 * @throws PosixError: EPERM, ESRCH, EFAULT
 * @see process_vm_readv(2)
 */
export function process_vm_readv(pid: number, address: bigint): number {
  const bytes = new Uint8Array(4);
  const vector = (start: bigint) => new Uint8Array(new BigUint64Array([start, BigInt(bytes.length)]).buffer);
  const local = vector(libc().addressOf(bytes));
  if (Number(calls().process_vm_readv(pid, local, 1, vector(address), 1, 0)) !== bytes.length) {
    const target = `pid ${pid}, 0x${address.toString(16)}`;
    const error = posixError('process_vm_readv', target, libc().errno());
    if (error.code !== 'EPERM') throw error;
    throw new PosixError('process_vm_readv', target, 'EPERM', 'this process may not read the memory of that process.');
  }
  return asInt(bytes);
}

/**
 * Allows or forbids other processes of the same user to trace this one and to read its memory (PR_SET_DUMPABLE).
 * @param dumpable false forbids it
 * @see prctl(2), PR_SET_DUMPABLE
 */
export function setDumpable(dumpable: boolean): void {
  if (calls().prctl(PR_SET_DUMPABLE, dumpable ? 1 : 0, 0, 0, 0) !== 0) {
    throw posixError('prctl', 'PR_SET_DUMPABLE', libc().errno());
  }
}

const asInt = (bytes: Uint8Array) => new DataView(bytes.buffer).getInt32(0, true);

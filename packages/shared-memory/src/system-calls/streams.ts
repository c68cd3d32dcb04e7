import type { Address } from '../posix/libc.ts';
import { fcntl, O_CLOEXEC } from '../posix/posix.ts';
import { addressOf, checked, fixed, lazily, waited } from './bind.ts';

export const O_WRONLY = 1;
/** Returns a pipe's capacity in bytes. Only on Linux. */
const F_GETPIPE_SZ = 1032;

const calls = {
  pipe2: lazily<[Address, number]>('int pipe2(intptr_t ends, int flags)'),
  mkfifo: lazily<[string, number]>('int mkfifo(const char *path, uint32_t mode)'),
  open: lazily<[string, number]>('int open(const char *path, int flags)'),
  read: lazily<[number, Uint8Array, number]>('intptr_t read(int fd, _Out_ uint8_t *buffer, size_t bytes)'),
  readAt: lazily<[number, Address, number]>('intptr_t read(int fd, intptr_t buffer, size_t bytes)'),
  write: lazily<[number, Uint8Array, number]>('intptr_t write(int fd, const uint8_t *buffer, size_t bytes)'),
  writeFrom: lazily<[number, Address, number]>('intptr_t write(int fd, intptr_t buffer, size_t bytes)'),
};

/**
 * @returns the two ends of a new pipe: [read end, write end]
 * @see pipe(2)
 */
export function pipe(): [number, number] {
  const ends = new Int32Array(new SharedArrayBuffer(8));
  checked('pipe', '', calls.pipe2()(addressOf(new Uint8Array(ends.buffer)), O_CLOEXEC));
  return [ends[0] ?? -1, ends[1] ?? -1];
}

/** Returns how many bytes the pipe or FIFO holds before its writer waits. */
export const pipeBytes = (fd: number): number => fcntl(fd, F_GETPIPE_SZ, 0);

/**
 * Creates a FIFO: a pipe with a name in the file system.
 * @param path of the FIFO
 * @param mode such as 0o600
 * @see mkfifo(3)
 */
export function mkfifo(path: string, mode: number): void {
  checked('mkfifo', `"${path}"`, calls.mkfifo()(path, mode));
}

/**
 * Opens a path off the event loop, because opening a FIFO waits for its other side.
 * @param path of the file or FIFO
 * @param flags `O_RDONLY`, `O_WRONLY`, ...
 * @returns its descriptor
 * @see open(2), fifo(7)
 */
export function open(path: string, flags: number): Promise<number> {
  return waited('open', `"${path}"`, calls.open(), [path, flags | O_CLOEXEC]);
}

/**
 * Reads from a descriptor. Waits until there is data.
 * @param fd descriptor
 * @param bytes most bytes to read
 * @returns the data; empty once every writer has closed
 * @see read(2)
 */
export async function read(fd: number, bytes: number): Promise<Uint8Array> {
  const buffer = fixed(bytes);
  const taken = await waited('read', `fd ${fd}`, calls.readAt(), [fd, addressOf(buffer), bytes], [buffer]);
  return buffer.slice(0, taken);
}

/**
 * Writes to a descriptor. Waits while there is no room.
 * @param fd descriptor
 * @param bytes data
 * @returns number of bytes written
 * @throws EPIPE without a reader
 * @see write(2)
 */
export function write(fd: number, bytes: Uint8Array): Promise<number> {
  const buffer = fixed(bytes);
  return waited('write', `fd ${fd}`, calls.writeFrom(), [fd, addressOf(buffer), bytes.byteLength], [buffer]);
}

/**
 * Reads into the caller's memory, and blocks the calling thread and its event loop meanwhile. For measurements.
 * @param fd descriptor
 * @param buffer gets the data
 * @returns number of bytes read
 * @see read(2)
 */
export function readBlocking(fd: number, buffer: Uint8Array): number {
  return checked('read', `fd ${fd}`, calls.read()(fd, buffer, buffer.byteLength));
}

/**
 * Writes, and blocks the calling thread and its event loop meanwhile. For measurements.
 * @param fd descriptor
 * @param bytes data
 * @returns number of bytes written
 * @see write(2)
 */
export function writeBlocking(fd: number, bytes: Uint8Array): number {
  return checked('write', `fd ${fd}`, calls.write()(fd, bytes, bytes.byteLength));
}

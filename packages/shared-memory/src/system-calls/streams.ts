import type { Address } from '../libc.ts';
import { fcntl, O_CLOEXEC } from '../posix.ts';
import { addressOf, checked, fixed, lazily, waited } from './bind.ts';

export const O_WRONLY = 1;
/** The pipe's room in bytes. Linux's own. */
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

/** The two ends of a new pipe: [to read from, to write to]. */
export function pipe(): [number, number] {
  const ends = new Int32Array(new SharedArrayBuffer(8));
  checked('pipe', '', calls.pipe2()(addressOf(new Uint8Array(ends.buffer)), O_CLOEXEC));
  return [ends[0] ?? -1, ends[1] ?? -1];
}

/** How many bytes the pipe or FIFO holds before its writer waits. */
export const pipeBytes = (fd: number): number => fcntl(fd, F_GETPIPE_SZ, 0);

/** Makes a FIFO: a pipe with a name in the file system. */
export function mkfifo(path: string, mode: number): void {
  checked('mkfifo', `"${path}"`, calls.mkfifo()(path, mode));
}

/** Opens what may have to be waited for: a FIFO waits for its other side. */
export function open(path: string, flags: number): Promise<number> {
  return waited('open', `"${path}"`, calls.open(), [path, flags | O_CLOEXEC]);
}

/** What there is to read, at most `bytes`; waits for something. Empty at the end: every writer has closed. */
export async function read(fd: number, bytes: number): Promise<Uint8Array> {
  const buffer = fixed(bytes);
  const taken = await waited('read', `fd ${fd}`, calls.readAt(), [fd, addressOf(buffer), bytes], [buffer]);
  return buffer.slice(0, taken);
}

/** Writes, and waits while there is no room. Resolves to how much was written. EPIPE when nobody can read it. */
export function write(fd: number, bytes: Uint8Array): Promise<number> {
  const buffer = fixed(bytes);
  return waited('write', `fd ${fd}`, calls.writeFrom(), [fd, addressOf(buffer), bytes.byteLength], [buffer]);
}

/** `read` into memory of one's own that blocks the calling thread, event loop and all: for measuring. */
export function readBlocking(fd: number, buffer: Uint8Array): number {
  return checked('read', `fd ${fd}`, calls.read()(fd, buffer, buffer.byteLength));
}

/** `write` that blocks the calling thread, event loop and all: for measuring. */
export function writeBlocking(fd: number, bytes: Uint8Array): number {
  return checked('write', `fd ${fd}`, calls.write()(fd, bytes, bytes.byteLength));
}

/**
 * The textbook's calls, by their names: thin, synchronous (but for posix_fallocate and madvise, which take
 * milliseconds and run off the event loop), with errno turned into a PosixError that says what to do.
 */
import { PosixError } from './errors.ts';
import { type Address, libc } from './libc.ts';

/** Flags and numbers of Linux, the same on x86-64 and ARM64. */
export const O_RDONLY = 0;
export const O_RDWR = 2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NONBLOCK = 0o4000;
export const O_CLOEXEC = 0o2000000;
export const PROT_NONE = 0;
export const PROT_READ = 1;
export const PROT_WRITE = 2;
export const MAP_SHARED = 0x01;
export const MAP_PRIVATE = 0x02;
export const MAP_FIXED = 0x10;
export const MAP_ANONYMOUS = 0x20;
export const MAP_NORESERVE = 0x4000;
export const MFD_CLOEXEC = 0x1;
export const MFD_ALLOW_SEALING = 0x2;
/** The object can never be executed; Linux 6.3 and later, EINVAL before. */
export const MFD_NOEXEC_SEAL = 0x8;
export const F_ADD_SEALS = 1033;
export const F_GET_SEALS = 1034;
export const F_SEAL_SEAL = 0x1;
export const F_SEAL_SHRINK = 0x2;
export const F_SEAL_GROW = 0x4;
/** No new writable mapping; those that exist go on writing. Linux 5.1 and later. */
export const F_SEAL_FUTURE_WRITE = 0x10;
const MADV_DONTNEED = 4;
const MADV_POPULATE_WRITE = 23;
const MADV_COLLAPSE = 25;

const explanations: Record<string, string> = {
  EACCES: 'not permitted. The object belongs to another user, or its mode does not allow this access.',
  EEXIST: 'an object of that name exists already. Names must be unguessable and new: make another.',
  EINTR: 'interrupted by a signal. Call again.',
  EINVAL: 'an argument is not valid here. The kernel may be too old for this flag, or the size is zero or negative.',
  EMFILE: 'this process has no file descriptor left. Close some, or raise its limit (ulimit -n).',
  ENFILE: 'the system has no file descriptor left.',
  ENOENT: 'there is no such object: it was unlinked, or its owner is gone. Ask its owner for a new descriptor.',
  ENOMEM: 'the kernel has no memory or no address range for it.',
  ENOSPC: 'there is no room for it. Free some shared memory or enlarge it.',
  EPERM: 'refused by a seal or by this process’s own lock-down. Attach before locking down; ask for read-only access.',
  EFAULT: 'nothing is mapped at that address.',
  EBADF: 'that file descriptor is not open.',
  EAGAIN: 'it would have to wait, and was told not to.',
  EMSGSIZE: 'the message is longer than the queue’s messages may be, or the room for it is less than that.',
  ENXIO: 'there is nobody at its other side, or it is nothing that can be opened by a path.',
  EPIPE: 'nobody can read it any more: the other side has closed, or its process is gone.',
  ECONNREFUSED: 'nobody listens there.',
  ESRCH: 'there is no such process.',
  ENAMETOOLONG: 'the name is longer than 255 bytes.',
};

/** A PosixError for an errno value that a call has returned, rather than left in `errno`. */
export function posixError(call: string, target: string, errno: number): PosixError {
  const code = libc().errnoNames.get(errno) ?? `errno ${errno}`;
  return new PosixError(call, target, code, explanations[code] ?? 'the system refused.');
}

function check<Result extends number | bigint>(call: string, target: string, result: Result): Result {
  if (Number(result) === -1) throw posixError(call, target, libc().errno());
  return result;
}

/** Opens, or with O_CREAT makes, the object `name` ("/" and at most 254 bytes). Returns a file descriptor. */
export function shm_open(name: string, flags: number, mode: number): number {
  return check('shm_open', `"${name}"`, libc().shm_open(name, flags | O_CLOEXEC, mode));
}

/** Removes the name. The memory lives on for as long as anyone has it mapped or open. */
export function shm_unlink(name: string): void {
  check('shm_unlink', `"${name}"`, libc().shm_unlink(name));
}

/** An object without a name, visible to others only as /proc/PID/fd/N. `label` shows in /proc/PID/maps. */
export function memfd_create(label: string, flags: number): number {
  return check('memfd_create', `"${label}"`, libc().memfd_create(label, flags));
}

export function open(path: string, flags: number): number {
  return check('open', `"${path}"`, libc().open(path, flags | O_CLOEXEC));
}

export function close(fd: number): void {
  check('close', `fd ${fd}`, libc().close(fd));
}

/** The same off the event loop: to close the last descriptor of an object is to free its memory. */
export function closeSlowly(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    libc().close.async(fd, (error, result) => {
      if (error) return reject(error);
      return result === 0 ? resolve() : reject(posixError('close', `fd ${fd}`, libc().errno()));
    });
  });
}

/** Sets the object's size. Says nothing about there being room for it: that is posix_fallocate. */
export function ftruncate(fd: number, bytes: number): void {
  check('ftruncate', `fd ${fd}, ${bytes} bytes`, libc().ftruncate(fd, bytes));
}

/** Takes the memory now, off the event loop (about 0.1 ms per MiB), so that a later touch cannot raise SIGBUS. */
export async function posix_fallocate(fd: number, bytes: number): Promise<void> {
  for (;;) {
    const errno = await new Promise<number>((resolve, reject) => {
      libc().posix_fallocate.async(fd, 0, bytes, (error, result) => (error ? reject(error) : resolve(result)));
    });
    if (errno === 0) return;
    const failure = posixError('posix_fallocate', `fd ${fd}, ${bytes} bytes`, errno);
    if (failure.code !== 'EINTR') throw failure;
  }
}

/** Adds or reads seals (F_ADD_SEALS, F_GET_SEALS). */
export function fcntl(fd: number, command: number, argument: number): number {
  return check('fcntl', `fd ${fd}, command ${command}`, libc().fcntl(fd, command, 'int', argument));
}

/** Maps `bytes` of `fd` from its beginning. With MAP_FIXED whatever was at `address` is replaced. Returns the address. */
export function mmap(address: Address, bytes: number, protection: number, flags: number, fd: number): Address {
  return check('mmap', `fd ${fd}, ${bytes} bytes`, libc().mmap(address, bytes, protection, flags, fd, 0));
}

export function munmap(address: Address, bytes: number): void {
  check('munmap', `${bytes} bytes at 0x${address.toString(16)}`, libc().munmap(address, bytes));
}

/** Changes what may be done with mapped pages. */
export function mprotect(address: Address, bytes: number, protection: number): void {
  check('mprotect', `${bytes} bytes at 0x${address.toString(16)}`, libc().mprotect(address, bytes, protection));
}

/**
 * Puts the pages of a writable mapping into the page table now, off the event loop, so that the first frame does not
 * pay for thousands of page faults. Resolves to whether the kernel could (Linux 5.14 and later); false costs only time.
 */
export function populate(address: Address, bytes: number): Promise<boolean> {
  return advise(address, bytes, MADV_POPULATE_WRITE);
}

/**
 * Has the pages of a writable mapping gathered into huge ones (2 MiB), off the event loop: copying goes up to a third
 * faster, since it looks up a five-hundredth of the addresses. Asked for expressly, the kernel does so also where
 * `shmem_enabled` is `never`, as it is by default. Resolves to whether it could (Linux 6.1 and later, and memory that is
 * not too scattered); false costs only time.
 */
export function gather(address: Address, bytes: number): Promise<boolean> {
  return advise(address, bytes, MADV_COLLAPSE);
}

/** Takes the pages of a shared mapping out of the page table, off the event loop. The object keeps their contents. */
export function depopulate(address: Address, bytes: number): Promise<boolean> {
  return advise(address, bytes, MADV_DONTNEED);
}

function advise(address: Address, bytes: number, advice: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    libc().madvise.async(address, bytes, advice, (error, result) => (error ? reject(error) : resolve(result === 0)));
  });
}

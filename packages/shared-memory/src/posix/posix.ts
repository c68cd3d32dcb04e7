/**
 * Thin wrappers of POSIX calls, by their names. They are synchronous, except posix_fallocate and madvise, which take
 * milliseconds and run off the event loop. A failure throws a PosixError that says what to do.
 */
import { PosixError } from './errors.ts';
import { type Address, libc } from './libc.ts';

/** Constants of Linux, the same on x86-64 and ARM64. */
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
/** The object can never be executed. Linux 6.3 and later; EINVAL before. */
export const MFD_NOEXEC_SEAL = 0x8;
export const F_ADD_SEALS = 1033;
export const F_GET_SEALS = 1034;
export const F_SEAL_SEAL = 0x1;
export const F_SEAL_SHRINK = 0x2;
export const F_SEAL_GROW = 0x4;
/** No new writable mapping is possible; existing ones stay writable. Linux 5.1 and later. */
export const F_SEAL_FUTURE_WRITE = 0x10;
const MADV_DONTNEED = 4;
const MADV_POPULATE_WRITE = 23;
const MADV_COLLAPSE = 25;

const explanations: Record<string, string> = {
  EACCES: 'not permitted. The object belongs to another user, or its mode does not allow this access.',
  EEXIST: 'an object of that name exists already. Names must be unguessable and new: make another.',
  EINTR: 'interrupted by a signal. Call again.',
  EINVAL: 'an argument is not valid here. The kernel may be too old for this flag, or the size is zero or negative.',
  EMFILE: 'this process has no free file descriptor. Close some, or raise its limit (ulimit -n).',
  ENFILE: 'the system has no free file descriptor.',
  ENOENT: 'there is no such object: it was unlinked, or its owner has ended. Ask its owner for a new descriptor.',
  ENOMEM: 'the kernel has no memory or no address range for it.',
  ENOSPC: 'there is no room for it. Free some shared memory or enlarge it.',
  EPERM: 'refused by a seal or by this process’s own lock-down. Attach before locking down; ask for read-only access.',
  EFAULT: 'nothing is mapped at that address.',
  EBADF: 'that file descriptor is not open.',
  EAGAIN: 'the call would have to wait, and was told not to.',
  EMSGSIZE: 'the message is longer than the queue allows, or the buffer is shorter than the longest message.',
  ENXIO: 'no process has its other end open, or it cannot be opened by a path.',
  EPIPE: 'no process can read it any more: the other side has closed it or has ended.',
  ECONNREFUSED: 'no process listens there.',
  ESRCH: 'there is no such process.',
  ENAMETOOLONG: 'the name is longer than 255 bytes.',
};

/**
 * @param call name of the call
 * @param target name, path or `fd 12`
 * @param errno of the call
 * @returns the PosixError for an errno value
 */
export function posixError(call: string, target: string, errno: number): PosixError {
  const code = libc().errnoNames.get(errno) ?? `errno ${errno}`;
  return new PosixError(call, target, code, explanations[code] ?? 'the system refused.');
}

function check<Result extends number | bigint>(call: string, target: string, result: Result): Result {
  if (Number(result) === -1) throw posixError(call, target, libc().errno());
  return result;
}

/**
 * Opens the object `name`, or creates it with O_CREAT.
 * @param name "/" and at most 254 bytes
 * @param flags `O_RDWR`, `O_CREAT`, ...
 * @param mode of a new object, such as 0o600
 * @returns a file descriptor
 * @throws PosixError
 * @see shm_open(3)
 */
export function shm_open(name: string, flags: number, mode: number): number {
  return check('shm_open', `"${name}"`, libc().shm_open(name, flags | O_CLOEXEC, mode));
}

/**
 * Removes the name. The memory exists as long as any process has it mapped or open.
 * @param name "/" and at most 254 bytes
 * @throws PosixError
 * @see shm_unlink(3)
 */
export function shm_unlink(name: string): void {
  check('shm_unlink', `"${name}"`, libc().shm_unlink(name));
}

/**
 * Creates an object without a name; others see it only as /proc/PID/fd/N. `label` shows in /proc/PID/maps.
 * @param label shown in /proc/PID/maps
 * @param flags `MFD_CLOEXEC`, `MFD_ALLOW_SEALING`, ...
 * @returns a file descriptor
 * @throws PosixError
 * @see memfd_create(2)
 */
export function memfd_create(label: string, flags: number): number {
  return check('memfd_create', `"${label}"`, libc().memfd_create(label, flags));
}

/**
 * Opens a file.
 * @param path of the file
 * @param flags `O_RDONLY`, `O_RDWR`, ...
 * @returns a file descriptor
 * @throws PosixError
 * @see open(2)
 */
export function open(path: string, flags: number): number {
  return check('open', `"${path}"`, libc().open(path, flags | O_CLOEXEC));
}

/**
 * Closes a file descriptor.
 * @param fd file descriptor
 * @throws PosixError
 * @see close(2)
 */
export function close(fd: number): void {
  check('close', `fd ${fd}`, libc().close(fd));
}

/**
 * Closes off the event loop: closing the last descriptor of an object frees its memory, which takes time.
 * @param fd file descriptor
 * @throws PosixError
 */
export function closeSlowly(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    libc().close.async(fd, (error, result) => {
      if (error) return reject(error);
      return result === 0 ? resolve() : reject(posixError('close', `fd ${fd}`, libc().errno()));
    });
  });
}

/**
 * Sets the size of the object. It takes no memory: posix_fallocate does.
 * @param fd of the object
 * @param bytes new size
 * @throws PosixError
 * @see ftruncate(2)
 */
export function ftruncate(fd: number, bytes: number): void {
  check('ftruncate', `fd ${fd}, ${bytes} bytes`, libc().ftruncate(fd, bytes));
}

/**
 * Takes the memory now, off the event loop (about 0.1 ms per MiB), so that a later access cannot raise SIGBUS.
 * @param fd of the object
 * @param bytes from the start of the object
 * @throws PosixError
 * @see posix_fallocate(3)
 */
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

/**
 * Adds or reads seals (F_ADD_SEALS, F_GET_SEALS).
 * @param fd file descriptor
 * @param command `F_ADD_SEALS` or `F_GET_SEALS`
 * @param argument seals to add, such as `F_SEAL_SHRINK | F_SEAL_GROW`
 * @returns the seals for `F_GET_SEALS`, otherwise 0
 * @throws PosixError
 * @see fcntl(2)
 */
export function fcntl(fd: number, command: number, argument: number): number {
  return check('fcntl', `fd ${fd}, command ${command}`, libc().fcntl(fd, command, 'int', argument));
}

/**
 * Maps the first `bytes` of `fd`. With MAP_FIXED it replaces any mapping at `address`.
 * @param address where to map, or where the kernel should try first
 * @param bytes size
 * @param protection `PROT_READ`, `PROT_WRITE` or both
 * @param flags `MAP_SHARED`, `MAP_FIXED`, ...
 * @param fd object to map
 * @returns the address
 * @throws PosixError
 * @see mmap(2)
 */
export function mmap(address: Address, bytes: number, protection: number, flags: number, fd: number): Address {
  return check('mmap', `fd ${fd}, ${bytes} bytes`, libc().mmap(address, bytes, protection, flags, fd, 0));
}

/**
 * Removes a mapping.
 * @param address of its first page
 * @param bytes size
 * @throws PosixError
 * @see munmap(2)
 */
export function munmap(address: Address, bytes: number): void {
  check('munmap', `${bytes} bytes at 0x${address.toString(16)}`, libc().munmap(address, bytes));
}

/**
 * Changes the access to mapped pages.
 * @param address of the first page
 * @param bytes size
 * @param protection `PROT_NONE`, or `PROT_READ`, `PROT_WRITE` or both
 * @throws PosixError
 * @see mprotect(2)
 */
export function mprotect(address: Address, bytes: number, protection: number): void {
  check('mprotect', `${bytes} bytes at 0x${address.toString(16)}`, libc().mprotect(address, bytes, protection));
}

/**
 * Puts the pages of a writable mapping into the page table now, off the event loop, so that the first frame does not
 * cause thousands of page faults.
 * @param address of the first page
 * @param bytes size
 * @returns false if the kernel could not (before Linux 5.14); that costs only time
 * @see madvise(2), MADV_POPULATE_WRITE
 */
export function populate(address: Address, bytes: number): Promise<boolean> {
  return advise(address, bytes, MADV_POPULATE_WRITE);
}

/**
 * Collapses the pages of a writable mapping into huge pages (2 MiB), off the event loop. Copying is then up to a third
 * faster, because the processor translates one five-hundredth of the addresses. MADV_COLLAPSE works even if
 * `shmem_enabled` is `never`, which is the default.
 * @param address of the first page
 * @param bytes size
 * @returns false if the kernel could not (before Linux 6.1, or memory is too fragmented); that costs only time
 * @see madvise(2), MADV_COLLAPSE
 */
export function gather(address: Address, bytes: number): Promise<boolean> {
  return advise(address, bytes, MADV_COLLAPSE);
}

/**
 * Takes the pages of a shared mapping out of the page table, off the event loop. The object keeps their contents.
 * @param address of the first page
 * @param bytes size
 * @returns false if the kernel could not; that costs only time
 * @see madvise(2), MADV_DONTNEED
 */
export function depopulate(address: Address, bytes: number): Promise<boolean> {
  return advise(address, bytes, MADV_DONTNEED);
}

function advise(address: Address, bytes: number, advice: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    libc().madvise.async(address, bytes, advice, (error, result) => (error ? reject(error) : resolve(result === 0)));
  });
}

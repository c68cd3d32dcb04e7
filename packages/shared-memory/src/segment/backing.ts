/**
 * The two kinds of memory object behind a segment. The caller that makes one owns its file descriptor and its name, if
 * any.
 */
import { randomBytes } from 'node:crypto';
import { NoSpaceError, PosixError } from '../posix/errors.ts';
import { bytesFreeInDevShm, bytesFreeInMemory } from '../posix/free-memory.ts';
import * as posix from '../posix/posix.ts';
import { ownIdentity, pidNamespace } from '../posix/process-identity.ts';

/**
 * `named`: made by shm_open, as in the textbook. Any process of the same user can resize it, and shrinking it ends its
 * users with SIGBUS: only for processes that trust each other. `sealed`: made by memfd_create; its size can never
 * change.
 */
export type Backend = 'named' | 'sealed';

export interface BackingObject {
  readonly fd: number;
  /** Undefined for a sealed object. */
  readonly name: string | undefined;
}

/** Prefix of every named object that this package makes. `sweep` looks for it. */
export const namePrefix = 'bulkhead-';

/** @returns an unguessable name that identifies its owner: /bulkhead-PID-STARTTIME-PIDNAMESPACE-RANDOM */
export function newName(): string {
  const { pid, startTime } = ownIdentity();
  return `/${namePrefix}${pid}-${startTime}-${pidNamespace()}-${randomBytes(12).toString('hex')}`;
}

/**
 * Creates an object of `bytes` bytes, all zero, and takes the memory of its first `bytesTaken` bytes. Throws
 * NoSpaceError if there is not enough memory for all bytes, PosixError otherwise. Leaves nothing behind then.
 */
export async function createBacking(
  backend: Backend,
  bytes: number,
  label: string,
  bytesTaken = bytes,
): Promise<BackingObject> {
  checkRoom(backend, bytes);
  const backing = backend === 'named' ? openNamed() : { fd: openSealable(label), name: undefined };
  try {
    posix.ftruncate(backing.fd, bytes);
    await posix.posix_fallocate(backing.fd, bytesTaken);
    return backing;
  } catch (error) {
    posix.close(backing.fd);
    if (backing.name !== undefined) posix.shm_unlink(backing.name);
    // Another process took the memory after `checkRoom`.
    if (error instanceof PosixError && error.code === 'ENOSPC') throw noSpace(backend, bytes);
    throw error;
  }
}

/** Throws NoSpaceError if a new object cannot have so many bytes. */
export function checkRoom(backend: Backend, bytes: number): void {
  if (bytes > bytesFreeFor(backend)) throw noSpace(backend, bytes);
}

export const noSpace = (backend: Backend, bytes: number) =>
  new NoSpaceError(backend === 'named' ? '/dev/shm' : 'memory', bytes, bytesFreeFor(backend));

const bytesFreeFor = (backend: Backend) => (backend === 'named' ? bytesFreeInDevShm() : bytesFreeInMemory());

function openNamed(): BackingObject {
  const name = newName();
  return { name, fd: posix.shm_open(name, posix.O_CREAT | posix.O_EXCL | posix.O_RDWR, 0o600) };
}

function openSealable(label: string): number {
  const flags = posix.MFD_CLOEXEC | posix.MFD_ALLOW_SEALING;
  try {
    return posix.memfd_create(label, flags | posix.MFD_NOEXEC_SEAL);
  } catch (error) {
    if (error instanceof PosixError && error.code === 'EINVAL') return posix.memfd_create(label, flags);
    throw error;
  }
}

const sizeSeals = posix.F_SEAL_SHRINK | posix.F_SEAL_GROW;

/** Fixes the object's size for good. With `readOnlyForOthers`, no new writable mapping is possible either. */
export function seal(fd: number, readOnlyForOthers: boolean): void {
  const contents = readOnlyForOthers ? posix.F_SEAL_FUTURE_WRITE : 0;
  posix.fcntl(fd, posix.F_ADD_SEALS, sizeSeals | contents | posix.F_SEAL_SEAL);
}

/** Returns true if no process can resize the object. */
export function isSizeSealed(fd: number): boolean {
  return (posix.fcntl(fd, posix.F_GET_SEALS, 0) & sizeSeals) === sizeSeals;
}

/**
 * The two kinds of memory object behind a segment. Whoever makes one owns its file descriptor, and its name if it has one.
 */
import { randomBytes } from 'node:crypto';
import { NoSpaceError, PosixError } from './errors.ts';
import { bytesFreeInDevShm, bytesFreeInMemory } from './free-memory.ts';
import * as posix from './posix.ts';
import { ownIdentity, pidNamespace } from './process-identity.ts';

/**
 * `named`: shm_open, as in the textbook; any process of the same user can resize it, and a resize kills its users by
 * SIGBUS, so it is for processes that trust each other. `sealed`: memfd_create, of a size nobody can change any more.
 */
export type Backend = 'named' | 'sealed';

export interface BackingObject {
  readonly fd: number;
  /** Of a named object; undefined for a sealed one. */
  readonly name: string | undefined;
}

/** What every named object of ours begins with: `sweep` looks for it. */
export const namePrefix = 'bulkhead-';

/** An unguessable name that says whose it is: /bulkhead-PID-STARTTIME-PIDNAMESPACE-RANDOM. */
export function newName(): string {
  const { pid, startTime } = ownIdentity();
  return `/${namePrefix}${pid}-${startTime}-${pidNamespace()}-${randomBytes(12).toString('hex')}`;
}

/**
 * Makes an object of `bytes` bytes, all zero, with the memory of the first `bytesTaken` already taken. Throws NoSpaceError
 * when there is not enough for all, PosixError otherwise; leaves nothing behind then.
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
    // Somebody else took it between the look and the leap.
    if (error instanceof PosixError && error.code === 'ENOSPC') throw noSpace(backend, bytes);
    throw error;
  }
}

/** Throws NoSpaceError when there are not so many bytes for an object. */
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

/** Fixes the object's size, and with `readOnlyForOthers` its contents for all but the mappings that exist, for ever. */
export function seal(fd: number, readOnlyForOthers: boolean): void {
  const contents = readOnlyForOthers ? posix.F_SEAL_FUTURE_WRITE : 0;
  posix.fcntl(fd, posix.F_ADD_SEALS, sizeSeals | contents | posix.F_SEAL_SEAL);
}

/** True when nobody can resize the object any more. */
export function isSizeSealed(fd: number): boolean {
  return (posix.fcntl(fd, posix.F_GET_SEALS, 0) & sizeSeals) === sizeSeals;
}

import { readdirSync, unlinkSync } from 'node:fs';
import { isAlive, pidNamespace } from '../posix/process-identity.ts';
import { namePrefix } from './backing.ts';

/** Names in /dev/shm that this package made, with or without the prefix that the C library gives to semaphores. */
const ours = new RegExp(`^(?:sem\\.)?${namePrefix}(?<pid>\\d+)-(?<startTime>\\d+)-(?<namespace>\\d+)-`);

function namesInDevShm(): string[] {
  try {
    return readdirSync('/dev/shm');
  } catch {
    return []; // there is no /dev/shm, or this user may not read it
  }
}

/**
 * Removes the named objects (segments and semaphores) whose owner is dead, and no others. A name contains its owner's
 * PID and start time, so another live instance, or a reused PID, is not mistaken for a dead owner. Names from another
 * PID namespace (such as a container that shares /dev/shm) cannot be checked here and are left alone.
 *
 * Call it at start-up, and when a process that may have owned named objects has ended. It takes microseconds. Sealed
 * segments have no name and need no sweep: the kernel frees them with their last user.
 * @returns the removed names
 */
export function sweep(): string[] {
  if (process.platform !== 'linux') return [];
  const swept: string[] = [];
  for (const name of namesInDevShm()) {
    const owner = ours.exec(name)?.groups;
    if (!owner || owner.namespace !== pidNamespace()) continue;
    if (isAlive({ pid: Number(owner.pid), startTime: Number(owner.startTime) })) continue;
    try {
      unlinkSync(`/dev/shm/${name}`);
      swept.push(name);
    } catch {
      // It belongs to another user (/dev/shm is sticky), or another instance removed it at the same moment.
    }
  }
  return swept;
}

import { readdirSync, unlinkSync } from 'node:fs';
import { namePrefix } from './backing.ts';
import { isAlive, pidNamespace } from './process-identity.ts';

/** A name in /dev/shm, with or without the prefix that the C library gives semaphores. */
const ours = new RegExp(`^(?:sem\\.)?${namePrefix}(?<pid>\\d+)-(?<startTime>\\d+)-(?<namespace>\\d+)-`);

function namesInDevShm(): string[] {
  try {
    return readdirSync('/dev/shm');
  } catch {
    return []; // this system has none, or not for this user: then there is nothing of ours in it
  }
}

/**
 * Removes the named objects (segments and semaphores) whose owner is dead, and no others: names carry their owner's PID
 * and start time, so that neither a live instance beside this one nor a PID that was given out again is mistaken. Names
 * of another PID namespace (a container that shares /dev/shm) say nothing here and are left alone.
 *
 * To be called at start-up, and when a process that may have owned some has ended. Microseconds; returns what it
 * removed. Sealed segments have no name and need none of it: the kernel frees them with their last user.
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
      // Another user's (/dev/shm is sticky), or another instance has swept it at the same moment: not ours to remove.
    }
  }
  return swept;
}

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';

/** A thread of Chromium may open a descriptor between two lines of ours. It is not to be expected many times running. */
const mostAttempts = 5;

/**
 * Starts a program that gets none of this process's descriptors but those that `stdio` names. Chromium marks few of its
 * own to be closed. Rejects when the program cannot be started: too few descriptors, no memory, no more processes, no
 * such program. Nothing is left behind then. Linux only.
 *
 * `mark` marks the descriptors to be closed.
 */
export async function spawnAlone(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  mark?: () => void,
): Promise<ChildProcess> {
  // Loaded when first needed: it brings the FFI library, which the first page need not wait for.
  const { closeOnExec } = await import('@bulkhead/shared-memory');
  for (let attempt = 1; ; attempt++) {
    (mark ?? closeOnExec)();
    // Some failures are thrown, others are events.
    const child = spawn(file, args, options);
    await once(child, 'spawn');
    child.on('error', () => undefined); // from here on: a signal could not be sent
    if (attempt === mostAttempts || !sharesConnections(child)) return child;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

/**
 * Whether it holds a socket or a pipe that this process holds, too, by the same number. Waits for nothing: what the
 * program prints until somebody reads it would be lost.
 */
function sharesConnections({ pid }: ChildProcess): boolean {
  return descriptorsOf(pid).some((fd) => {
    const its = connectionOf(pid, fd);
    return Number(fd) > 2 && its !== undefined && its === connectionOf('self', fd);
  });
}

function descriptorsOf(pid: number | undefined): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return []; // it has ended
  }
}

function connectionOf(process: number | 'self' | undefined, fd: string): string | undefined {
  try {
    return /^(socket|pipe):.*/.exec(readlinkSync(`/proc/${process}/fd/${fd}`))?.[0];
  } catch {
    return undefined; // it has been closed
  }
}

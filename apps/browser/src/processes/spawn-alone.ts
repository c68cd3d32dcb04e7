import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';

/** A thread of Chromium may open a descriptor between marking and forking. That is unlikely many times in a row. */
const mostAttempts = 5;

/**
 * Starts a program that inherits no descriptor of this process except those in `stdio`. Chromium marks few of its own
 * as close-on-exec. Rejects when the program cannot be started: too few descriptors, no memory, no more processes, no
 * such program. Nothing is left behind then. Linux only.
 *
 * `mark` marks the descriptors as close-on-exec.
 */
export async function spawnAlone(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  mark?: () => void,
): Promise<ChildProcess> {
  // Loaded on first use: it loads the FFI library, and the first page must not wait for that.
  const { closeOnExec } = await import('@bulkhead/shared-memory');
  for (let attempt = 1; ; attempt++) {
    (mark ?? closeOnExec)();
    // Some failures are thrown, others are events.
    const child = spawn(file, args, options);
    await once(child, 'spawn');
    child.on('error', () => undefined); // later errors: a signal could not be sent
    if (attempt === mostAttempts || !hasInherited(child)) return child;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

/**
 * Says whether the child has inherited a descriptor. It must not wait, because the program's first output would be lost
 * meanwhile.
 */
function hasInherited({ pid }: ChildProcess): boolean {
  return descriptorsOf(pid).some((fd) => {
    const target = targetOf(pid, fd) ?? '';
    // A shell makes pipes of its own. This process may have closed its side of anything else by now.
    const isInherited = target.startsWith('pipe:') ? target === targetOf('self', fd) : foreign.test(target);
    return Number(fd) > 2 && isInherited;
  });
}

function descriptorsOf(pid: number | undefined): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return []; // it has ended
  }
}

/** Targets that a program does not open at its very start: sockets, and the files that Chromium uses as memory. */
const foreign = /^socket:|^\/(?!memfd:).* \(deleted\)$|\/\.org\.chromium\./;

function targetOf(process: number | 'self' | undefined, fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/${process}/fd/${fd}`);
  } catch {
    return undefined; // it was closed
  }
}

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a program that gets none of this process's descriptors but those that `stdio` names. Chromium marks few of its
 * own to be closed. Rejects when the program cannot be started: too few descriptors, no memory, no more processes, no
 * such program. Nothing is left behind then. Linux only.
 */
export async function spawnAlone(file: string, args: readonly string[], options: SpawnOptions): Promise<ChildProcess> {
  // Loaded when first needed: it brings the FFI library, which the first page need not wait for.
  const { closeOnExec } = await import('@bulkhead/shared-memory');
  closeOnExec();
  // Some failures are thrown, others are events.
  const child = spawn(file, args, options);
  await once(child, 'spawn');
  child.on('error', () => undefined); // from here on: a signal could not be sent
  return child;
}

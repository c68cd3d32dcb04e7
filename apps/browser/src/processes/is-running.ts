import { statOf } from './proc.ts';

/** Whether a process runs. One that has ended and waits for its parent to ask how does not, where the system tells. */
export function isRunning(pid: number, platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return exists(pid);
  const state = statOf(pid)?.state;
  return state !== undefined && state !== 'Z';
}

/** Whether there is a process of this number, whoever's it is. */
export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

import { statOf } from './proc.ts';

/** Says whether a process runs. On Linux a zombie does not. */
export function isRunning(pid: number, platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return exists(pid);
  const state = statOf(pid)?.state;
  return state !== undefined && state !== 'Z';
}

/** Says whether a process with this PID exists, of any user. */
export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

import { readStat } from '../processes/proc.ts';

/** Start of the name of a victim browser's folder. The PID of the browser that breaks it follows. */
export const victimFolderPrefix = 'bulkhead-victim-';

/** Time between looks at the owner, ms. */
const lookMs = 500;

/**
 * Makes this browser a victim of the matrix: it fails on a signal from outside, and ends with the browser whose PID is
 * `owner`. Call it when Electron is ready. Linux only.
 */
export function liveAsVictim(owner: number): void {
  process.on('SIGUSR2', () => {
    throw new Error('it was told to fail');
  });
  let born: number | undefined;
  setInterval(async () => {
    const stat = await readStat(owner);
    born ??= stat?.startTicks;
    // The owner exited, is a zombie, or its PID was reused. SIGKILL ends this browser at once, in any state.
    if (!stat || stat.state === 'Z' || stat.startTicks !== born) process.kill(process.pid, 'SIGKILL');
  }, lookMs);
}

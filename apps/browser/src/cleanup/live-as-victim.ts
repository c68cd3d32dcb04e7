import { readStat } from '../processes/proc.ts';

/** What the folder of a browser that is to be broken begins with; the PID of the one that breaks it follows. */
export const subjectFolderPrefix = 'bulkhead-subject-';

/** How often its owner is looked for, ms. */
const lookMs = 500;

/**
 * What a program does that was started only to be broken: it fails when it is told to from outside, and does not outlive
 * the browser with the PID `owner`. Once the application is ready. Linux only.
 */
export function liveAsSubject(owner: number): void {
  process.on('SIGUSR2', () => {
    throw new Error('it was told to fail');
  });
  let born: number | undefined;
  setInterval(async () => {
    const stat = await readStat(owner);
    born ??= stat?.startTicks;
    // Gone, or only waiting to be reaped, or another process by now. At once, and whatever state this one is in.
    if (!stat || stat.state === 'Z' || stat.startTicks !== born) process.kill(process.pid, 'SIGKILL');
  }, lookMs);
}

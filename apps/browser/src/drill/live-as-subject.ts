/** What the folder of a browser that is to be broken begins with; the PID of the one that breaks it follows. */
export const subjectFolderPrefix = 'bulkhead-subject-';

/** How often its owner is looked for, ms. */
const lookMs = 500;

/**
 * What a program does that was started only to be broken: it fails when it is told to from outside, and does not outlive
 * the browser with the PID `owner`. Once the application is ready.
 * @param leave ends the program
 */
export function liveAsSubject(owner: number, leave: () => void): void {
  process.on('SIGUSR2', () => {
    throw new Error('it was told to fail');
  });
  setInterval(() => {
    try {
      process.kill(owner, 0);
    } catch {
      leave(); // it has gone
    }
  }, lookMs);
}

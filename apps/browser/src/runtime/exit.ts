import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { app } from 'electron';
import { endProcess } from '../processes/end-process.ts';

/**
 * Exits at once. With windows open the runtime closes them without asking.
 * @param code the process's exit code
 */
export function exit(code: number): void {
  collectGarbage();
  app.exit(code);
}

/**
 * Ends the renderers that are still there when the window has closed. One that keeps the machine busy would hold up the
 * rest of the end, by many seconds.
 */
export function endRenderers(): void {
  for (const { type, pid } of app.getAppMetrics()) if (type === 'Tab') endProcess(pid, 'SIGKILL');
}

/**
 * Collects garbage at each of the steps that are left: what happens between them makes some, above all where a page has
 * flooded the browser with events.
 */
export function collectGarbageUntilExit(): void {
  collectGarbage();
  app.once('quit', collectGarbage);
  setImmediate(collectGarbage);
}

/**
 * Collects all garbage of this process, finalisers included, before it returns: some tens of milliseconds.
 *
 * For the very end. The runtime deletes what it holds natively for JavaScript (message ports above all), also what a
 * collection has found dead and not yet finalised; the finaliser then deletes it once more, and the process crashes
 * instead of exiting (seen on Electron 33 in one of a hundred exits). Whatever is collected here is not there to be
 * deleted twice.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { app } from 'electron';
import { endProcess } from '../processes/end-process.ts';

/**
 * Exits at once. Electron closes open windows without asking.
 * @param code the process's exit code
 */
export function exit(code: number): void {
  collectGarbage();
  app.exit(code);
}

/**
 * Ends the renderers that still run after the window has closed. A renderer that keeps the machine busy would delay the
 * rest of the shutdown by many seconds.
 */
export function endRenderers(): void {
  for (const { type, pid } of app.getAppMetrics()) if (type === 'Tab') endProcess(pid, 'SIGKILL');
}

/**
 * Collects garbage at each remaining step of the shutdown, because the code between them creates garbage, especially
 * after a page has flooded the browser with events.
 */
export function collectGarbageUntilExit(): void {
  collectGarbage();
  app.once('quit', collectGarbage);
  setImmediate(collectGarbage);
}

/**
 * Collects all garbage of this process, including finalizers, before it returns. Takes some tens of milliseconds.
 *
 * For the end of the shutdown. Electron deletes the native objects that it holds for JavaScript (mainly message
 * ports), including objects that a collection has found dead and not yet finalized. The finalizer then deletes them
 * again, and the process crashes instead of exiting (observed on Electron 33 in one of a hundred exits). Objects
 * collected here cannot be deleted twice.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
}

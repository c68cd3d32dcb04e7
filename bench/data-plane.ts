import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildElectronApp, electronExecutable } from '@bulkhead/shared-memory/testing/electron-app';
import type { Samples } from './bench.ts';
import type { Experiment } from './data-plane/experiment.ts';

let built: ReturnType<typeof buildElectronApp> | undefined;

/** Runs an experiment in the application in data-plane/, between its browser process and a utility process. */
export async function inElectron(experiment: Experiment): Promise<Samples> {
  const electron = electronExecutable();
  if (!electron) throw new Error('There is no Electron: start this by `npm run bench`.');
  const entry = (name: string): string => path.join(import.meta.dirname, 'data-plane', `${name}.ts`);
  built ??= buildElectronApp({ browser: entry('browser'), plugin: entry('plugin') }).then((app) => {
    process.once('exit', () => app.removeNow());
    return app;
  });
  const { folder } = await built;
  const { stdout, stderr } = await promisify(execFile)(electron, [folder, JSON.stringify(experiment)], {
    timeout: 180_000,
    killSignal: 'SIGKILL', // it may spin and react to no other signal; its plugin ends with it
  });
  const line = stdout.split('\n').find((text) => text.startsWith('{'));
  if (!line) throw new Error(`${experiment.name}: no samples came back: ${stderr}`);
  return JSON.parse(line) as Samples;
}

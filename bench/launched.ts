import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Inspector } from '../e2e/inspector.ts';
import { where } from './where.ts';

/** An application under measurement, with a profile of its own. */
export interface Launched {
  process: ChildProcess;
  /** Wall clock at the spawn, ms since 1970 with a fraction. */
  startedAt: number;
  /** Lines of its standard output. */
  lines: AsyncIterableIterator<string>;
  /** Evaluates an expression in the browser process, which knows `electron`. Only of what was launched inspected. */
  evaluate(expression: string): Promise<unknown>;
  /** Ends it and removes its profile. */
  end(): Promise<void>;
}

/** Wall clock, ms since 1970 with a fraction: the same clock in every process of the machine. */
export const now = () => performance.timeOrigin + performance.now();

export const launchBulkhead = (...addresses: string[]) =>
  launch(where().app, (profile) => ['--profile', profile, ...addresses]);
/** The status bar shows what the plugin reads, so that frames are taken. */
export const launchWatched = (...addresses: string[]) =>
  launch(where().app, (profile) => ['--profile', profile, ...addresses], { showPluginFigures: true });
export const launchBare = (...addresses: string[]) => launch(bareApp, (profile) => [profile, ...addresses]);

const bareApp = path.join(import.meta.dirname, 'bare-app');
const inspect = ['--inspect=127.0.0.1:0'];
/** Both can be asked, by `evaluate`. The barest application may have `--shell` among its arguments. */
export const inspected = {
  ours: (...addresses: string[]) => launch(where().app, (profile) => ['--profile', profile, ...addresses], {}, inspect),
  floor: (...args: string[]) => launch(bareApp, (profile) => [profile, ...args], {}, inspect),
};

async function launch(
  app: string,
  args: (profile: string) => string[],
  settings = {},
  switches: string[] = [],
): Promise<Launched> {
  const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-bench-'));
  await writeFile(path.join(profile, 'settings.json'), JSON.stringify(settings));
  const startedAt = now();
  const child = spawn(where().electron, [...switches, app, ...args(profile)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let address = '';
  // Read in any case: a pipe that nobody reads holds up who writes.
  child.stderr.on('data', (text) => {
    address ||= /ws:\/\/\S+/.exec(String(text))?.[0] ?? '';
  });
  const evaluate = async (expression: string) => {
    const inspector = await Inspector.connect(address);
    const electron = `process.getBuiltinModule('module').createRequire('/bench.js')('electron')`;
    try {
      return await inspector.evaluate(`((electron) => ${expression})(${electron})`);
    } finally {
      inspector.close();
    }
  };
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const end = async () => {
    const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { process: child, startedAt, lines, evaluate, end };
}

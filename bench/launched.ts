import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Inspector } from '../e2e/inspector.ts';
import { where } from './where.ts';

/** A measured application with a profile of its own. */
export interface Launched {
  process: ChildProcess;
  /** Wall clock at the spawn, ms since 1970 with a fraction. */
  startedAt: number;
  /** Lines of its standard output. */
  lines: AsyncIterableIterator<string>;
  /** Evaluates an expression in the browser process, with `electron` in scope. Only if launched by `inspected`. */
  evaluate(expression: string): Promise<unknown>;
  /** Ends the application and removes its profile. */
  end(): Promise<void>;
}

/** Returns the wall clock, ms since 1970 with a fraction. All processes of the machine share this clock. */
export const now = () => performance.timeOrigin + performance.now();

export const launchBulkhead = (...addresses: string[]) =>
  launch(where().app, (profile) => ['--profile', profile, ...addresses]);
/** Launches Bulkhead with the plugin's figures in the status bar, so that frames are taken. */
export const launchWatched = (...addresses: string[]) =>
  launch(where().app, (profile) => ['--profile', profile, ...addresses], { showPluginFigures: true });
export const launchBare = (...addresses: string[]) => launch(bareApp, (profile) => [profile, ...addresses]);

const bareApp = path.join(import.meta.dirname, 'bare-app');
const inspect = ['--inspect=127.0.0.1:0'];
/** Launches the applications so that `evaluate` works. The barest application accepts `--shell` as an argument. */
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
  // Always read stderr: an unread pipe would block the application when it is full.
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

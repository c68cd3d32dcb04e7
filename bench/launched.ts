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
  /** Hides its window, as if it were minimised: that needs a window manager, and a virtual display has none. */
  hide(): Promise<unknown>;
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
export const launchBare = (...addresses: string[]) =>
  launch(path.join(import.meta.dirname, 'bare-app'), (profile) => [profile, ...addresses]);

const inspected = '--inspect=127.0.0.1:0';
/** Both can be hidden. */
export const hideable = {
  ours: (...addresses: string[]) =>
    launch(where().app, (profile) => ['--profile', profile, ...addresses], {}, [inspected]),
  floor: (...addresses: string[]) =>
    launch(path.join(import.meta.dirname, 'bare-app'), (profile) => [profile, ...addresses], {}, [inspected]),
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
  const hide = async () => {
    const inspector = await Inspector.connect(address);
    const electron = `process.getBuiltinModule('module').createRequire('/bench.js')('electron')`;
    await inspector.evaluate(`${electron}.BaseWindow.getAllWindows().forEach((each) => each.hide())`);
    inspector.close();
  };
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const end = async () => {
    const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { process: child, startedAt, lines, hide, end };
}

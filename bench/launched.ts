import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { where } from './where.ts';

/** An application under measurement, with a profile of its own. */
export interface Launched {
  process: ChildProcess;
  /** Wall clock at the spawn, ms since 1970 with a fraction. */
  startedAt: number;
  /** Lines of its standard output. */
  lines: AsyncIterableIterator<string>;
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

async function launch(app: string, args: (profile: string) => string[], settings = {}): Promise<Launched> {
  const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-bench-'));
  await writeFile(path.join(profile, 'settings.json'), JSON.stringify(settings));
  const startedAt = now();
  const child = spawn(where().electron, [app, ...args(profile)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const end = async () => {
    const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { process: child, startedAt, lines, end };
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@bulkhead/contracts';
import { app } from 'electron';
import { singletonFolderOf } from '../cleanup/chromium-leftovers.ts';
import { victimFolderPrefix } from '../cleanup/live-as-victim.ts';
import { watchdogName } from '../cleanup/watchdog.ts';
import { log } from '../log/log.ts';
import { endProcess } from '../processes/end-process.ts';
import { allPids, familyOf } from '../processes/family.ts';
import { readStat } from '../processes/proc.ts';
import { findZygote } from '../processes/service-pids.ts';
import { spawnAlone } from '../processes/spawn-alone.ts';
import { applicationArguments } from '../runtime/application-arguments.ts';
import { victimSwitch } from '../runtime/command-line.ts';
import { SessionFiles } from '../storage/session/session-files.ts';
import { fewAtOnce } from '../timing/few-at-once.ts';
import type { DrillPages } from './drill-pages.ts';
import { until, within } from './until.ts';

const tabs = 4;
/** Time after which nothing of an ended Bulkhead may run, ms. */
const goneMs = 2000;
/** Longest start of a Bulkhead on a busy machine, ms. */
const startMs = 40_000;
/** Poll interval while it starts, ms: long enough not to slow it down. */
const lookMs = 25;
/** Switches that are passed on: without them another Bulkhead might not run on this machine. */
const sharedSwitches = ['ozone-platform', 'ozone-platform-hint', 'disable-gpu', 'use-gl', 'use-angle'];

const signals: Partial<Record<Fault, NodeJS.Signals>> = {
  'browser-kill': 'SIGKILL',
  'browser-terminate': 'SIGTERM',
  'browser-exception': 'SIGUSR2',
};

/**
 * Another Bulkhead as a victim, with a few tabs, a profile of its own and a hidden window. It is observed from outside:
 * through the system's processes, its session on disk, and the requests of its pages. Linux only.
 */
export class VictimApp {
  readonly #folder: string;
  readonly #pages: DrillPages;
  #child: ChildProcess | undefined;
  #family: ReadonlySet<number> = new Set();
  #memoryBefore: ReadonlySet<string> = new Set();
  #startedAt = 0;
  #generation = 0;
  #loads = 0;
  #said = '';

  private constructor(folder: string, pages: DrillPages) {
    this.#folder = folder;
    this.#pages = pages;
  }

  /** Starts one. Resolves when it runs completely and its session on disk has every tab. */
  static async start(pages: DrillPages): Promise<VictimApp> {
    const app = new VictimApp(await mkdtemp(path.join(tmpdir(), `${victimFolderPrefix}${process.pid}-`)), pages);
    try {
      app.#memoryBefore = new Set(await memoryNames());
      await app.#start(app.#addresses);
      await app.#whole();
      return app;
    } catch (error) {
      await app.dispose();
      throw error;
    }
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /**
   * Causes the fault. Returns the time until none of its processes runs, ms. Rejects if it ends in another way, or if
   * something of it is left.
   */
  async breakBy(fault: Fault, ends: NodeJS.Signals | number): Promise<number> {
    const child = this.#child;
    if (!child) throw new Error('the other Bulkhead was not started');
    this.#family = await familyOf(this.pid);
    this.#generation = this.#files().newest;
    this.#loads = this.#pages.appLoads(1);
    const lock = singletonFolderOf(this.#profile);
    const victim = fault === 'zygote-kill' ? await findZygote(this.pid) : this.pid;
    if (victim === undefined) throw new Error('the other Bulkhead has no zygote');
    const ended = once(child, 'exit');
    this.#startedAt = performance.now();
    endProcess(victim, signals[fault] ?? 'SIGKILL');
    const [code, signal] = await within('the process to end', ended);
    if ((signal ?? code) !== ends) throw new Error(`the process ended by ${signal ?? `code ${code}`}, not by ${ends}`);
    // After the end of its zygote it restarts by itself, in new processes.
    const isLeft = fault === 'zygote-kill' ? async () => false : () => this.#hasProcesses();
    await until('all its processes to end', async () => !(await anyAlive(this.#family)) && !(await isLeft()), goneMs);
    const noticedMs = performance.now() - this.#startedAt;
    await until('its shared memory to be freed', async () => (await this.#memory()).length === 0, goneMs);
    await remove(lock);
    return noticedMs;
  }

  /**
   * Starts it again, unless it restarts by itself. Returns the time from its last start, or from the fault, until every
   * tab is back and the active tab has loaded, ms.
   */
  async comeBack(byItself: boolean): Promise<number> {
    if (!byItself) await this.#start([]);
    await this.#whole();
    return performance.now() - this.#startedAt;
  }

  /** Ends all its processes and removes its profile. */
  async dispose(): Promise<void> {
    const end = async () => {
      for (const pid of await this.#processes()) endProcess(pid, 'SIGKILL');
    };
    const gone = async () => {
      await end();
      return !(await this.#hasProcesses()) && !(await anyAlive(this.#family));
    };
    await until('the other Bulkhead to end', gone)
      .then(async () => remove(singletonFolderOf(this.#profile)))
      .then(() => remove(this.#folder))
      // The next start of any Bulkhead removes it.
      .catch((error) => log.error('the matrix could not remove its victim:', error));
  }

  get #profile(): string {
    return path.join(this.#folder, 'profile');
  }

  get #addresses(): string[] {
    return Array.from({ length: tabs }, (_, index) => this.#pages.app(index + 1));
  }

  /** Starts its processes. Rejects if that fails. */
  async #start(addresses: readonly string[]): Promise<void> {
    const shared = sharedSwitches
      .filter((name) => app.commandLine.hasSwitch(name))
      .map((name) => [`--${name}`, app.commandLine.getSwitchValue(name)].filter(Boolean).join('='));
    const own = [...applicationArguments(), '--profile', this.#profile, `${victimSwitch}${process.pid}`];
    this.#startedAt = performance.now();
    const child = await spawnAlone(process.execPath, [...shared, ...own, ...addresses], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (text) => {
      this.#said = (this.#said + text).slice(-400);
    });
    this.#child = child;
  }

  /** Resolves when the session on disk has every tab of this start, the first tab has loaded, and the watchdog runs. */
  async #whole(): Promise<void> {
    const runs = async () => {
      await sleep(lookMs);
      const files = this.#files();
      const window = files.newest > this.#generation ? files.read().unclean?.windows[0] : undefined;
      const found = window?.tabs.map(({ entries, activeEntry }) => entries[activeEntry]);
      return (
        window?.activeTab === 0 &&
        found?.map((entry) => entry?.address).join() === this.#addresses.join() &&
        found.every((entry, index) => entry?.title === `App ${index + 1}`) &&
        this.#pages.appLoads(1) > this.#loads &&
        (await this.#hasWatchdog())
      );
    };
    await until('the other Bulkhead to open all its tabs', runs, startMs).catch((error) => {
      throw new Error(`${error instanceof Error ? error.message : error}; it said: ${this.#said.trim()}`);
    });
  }

  #files(): SessionFiles {
    const files = new SessionFiles(path.join(this.#profile, 'session'));
    files.read();
    return files;
  }

  /** Returns the PIDs of all processes with its profile on their command line, whoever started them. */
  async #processes(): Promise<number[]> {
    const lines = await fewAtOnce(await allPids(), async (pid) => [pid, await commandLineOf(pid)] as const);
    const ours = lines.filter(([pid, line]) => pid !== process.pid && line.includes(this.#profile));
    return ours.map(([pid]) => pid);
  }

  async #hasProcesses(): Promise<boolean> {
    return (await this.#processes()).length > 0;
  }

  /** Returns true if the watchdog runs. It is started last. */
  async #hasWatchdog(): Promise<boolean> {
    for (const pid of await this.#processes()) {
      if ((await commandLineOf(pid)).includes('--type=')) continue;
      const lines = await fewAtOnce(await familyOf(pid), commandLineOf);
      return lines.some((line) => line.includes(watchdogName));
    }
    return false;
  }

  /**
   * Returns the names of its objects in shared memory: those with one of its PIDs in the name, and those of Chromium
   * that did not exist before.
   */
  async #memory(): Promise<string[]> {
    const owned = new RegExp(`^(sem\\.)?bulkhead-(${[...this.#family].join('|')})-`);
    const isChromium = (name: string) => name.startsWith('.org.chromium.') && !this.#memoryBefore.has(name);
    return (await memoryNames()).filter((name) => owned.test(name) || isChromium(name));
  }
}

async function remove(folder: string | undefined): Promise<void> {
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

const memoryNames = () => readdir('/dev/shm').catch(() => []);
const commandLineOf = (pid: number) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');

async function anyAlive(pids: ReadonlySet<number>): Promise<boolean> {
  const states = await fewAtOnce(pids, async (pid) => (await readStat(pid))?.state ?? 'Z');
  return states.some((state) => state !== 'Z');
}

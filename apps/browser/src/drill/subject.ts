import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@bulkhead/contracts';
import { app } from 'electron';
import { singletonFolderOf } from '../cleanup/chromium-leftovers.ts';
import { subjectFolderPrefix } from '../cleanup/live-as-victim.ts';
import { watchdogName } from '../cleanup/watchdog.ts';
import { endProcess } from '../processes/end-process.ts';
import { allPids, familyOf } from '../processes/family.ts';
import { readStat } from '../processes/proc.ts';
import { findZygote } from '../processes/service-pids.ts';
import { spawnAlone } from '../processes/spawn-alone.ts';
import { applicationArguments } from '../runtime/application-arguments.ts';
import { subjectSwitch } from '../runtime/command-line.ts';
import { SessionFiles } from '../storage/session/session-files.ts';
import { fewAtOnce } from '../timing/few-at-once.ts';
import type { DrillPages } from './drill-pages.ts';
import { until, within } from './until.ts';

const tabs = 4;
/** After so long nothing of a program that ended may run, ms. */
const goneMs = 2000;
/** A program starts within this on a machine that is busy, ms. */
const startMs = 40_000;
/** How often it is looked at while it starts, ms: it shall not be slowed down by that. */
const lookMs = 25;
/** Switches of this start without which another one might not run on this machine. */
const sharedSwitches = ['ozone-platform', 'ozone-platform-hint', 'disable-gpu', 'use-gl', 'use-angle'];

const signals: Partial<Record<Fault, NodeJS.Signals>> = {
  'browser-kill': 'SIGKILL',
  'browser-terminate': 'SIGTERM',
  'browser-exception': 'SIGUSR2',
};

/**
 * Another Bulkhead, with a few tabs on a profile of its own and no window on the screen, that is there to be broken. It
 * is looked at from outside: through the system's processes, its session on the disk, and what its pages ask for.
 * Linux only.
 */
export class Subject {
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

  /** Resolves when all of it runs, and every tab of it is on the disk. */
  static async start(pages: DrillPages): Promise<Subject> {
    const subject = new Subject(await mkdtemp(path.join(tmpdir(), `${subjectFolderPrefix}${process.pid}-`)), pages);
    try {
      subject.#memoryBefore = new Set(await memoryNames());
      await subject.#start(subject.#addresses);
      await subject.#whole();
      return subject;
    } catch (error) {
      await subject.dispose();
      throw error;
    }
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Causes the fault; ms until nothing of the program runs. Rejects when it ends in another way, or not wholly. */
  async breakBy(fault: Fault, ends: NodeJS.Signals | number): Promise<number> {
    const child = this.#child;
    if (!child) throw new Error('it was not started');
    this.#family = await familyOf(this.pid);
    this.#generation = this.#files().newest;
    this.#loads = this.#pages.subjectLoads(1);
    const lock = singletonFolderOf(this.#profile);
    const victim = fault === 'zygote-kill' ? await findZygote(this.pid) : this.pid;
    if (victim === undefined) throw new Error('it has no zygote');
    const ended = once(child, 'exit');
    this.#startedAt = performance.now();
    endProcess(victim, signals[fault] ?? 'SIGKILL');
    const [code, signal] = await within('its end', ended);
    if ((signal ?? code) !== ends) throw new Error(`it ended by ${signal ?? `code ${code}`}, not by ${ends}`);
    // By itself it starts again, in processes that were not there before.
    const isLeft = fault === 'zygote-kill' ? async () => false : () => this.#hasProcesses();
    await until('all of its processes to go', async () => !(await anyAlive(this.#family)) && !(await isLeft()), goneMs);
    const noticedMs = performance.now() - this.#startedAt;
    await until('its shared memory to go', async () => (await this.#memory()).length === 0, goneMs);
    await remove(lock);
    return noticedMs;
  }

  /** Has it start again, unless it does so by itself; ms until every tab is back, and the one that is shown has loaded. */
  async comeBack(byItself: boolean): Promise<number> {
    if (!byItself) await this.#start([]);
    await this.#whole();
    return performance.now() - this.#startedAt;
  }

  /** Ends what runs of it, and removes its profile. */
  async dispose(): Promise<void> {
    const end = async () => {
      for (const pid of await this.#processes()) endProcess(pid, 'SIGKILL');
    };
    const gone = async () => {
      await end();
      return !(await this.#hasProcesses()) && !(await anyAlive(this.#family));
    };
    await until('the other program to end', gone)
      .then(async () => remove(singletonFolderOf(this.#profile)))
      .then(() => remove(this.#folder))
      // The next start of any Bulkhead removes it.
      .catch((error) => console.error('bulkhead: the matrix:', error));
  }

  get #profile(): string {
    return path.join(this.#folder, 'profile');
  }

  get #addresses(): string[] {
    return Array.from({ length: tabs }, (_, index) => this.#pages.subject(index + 1));
  }

  /** Rejects when it cannot be started. */
  async #start(addresses: readonly string[]): Promise<void> {
    const shared = sharedSwitches
      .filter((name) => app.commandLine.hasSwitch(name))
      .map((name) => [`--${name}`, app.commandLine.getSwitchValue(name)].filter(Boolean).join('='));
    const own = [...applicationArguments(), '--profile', this.#profile, `${subjectSwitch}${process.pid}`];
    this.#startedAt = performance.now();
    const child = await spawnAlone(process.execPath, [...shared, ...own, ...addresses], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (text) => {
      this.#said = (this.#said + text).slice(-400);
    });
    this.#child = child;
  }

  /** Resolves when every tab is on the disk as this start has it, the first has loaded, and the watchdog runs. */
  async #whole(): Promise<void> {
    const runs = async () => {
      await sleep(lookMs);
      const files = this.#files();
      const window = files.newest > this.#generation ? files.read().broken?.windows[0] : undefined;
      const found = window?.tabs.map(({ entries, activeEntry }) => entries[activeEntry]);
      return (
        window?.activeTab === 0 &&
        found?.map((entry) => entry?.address).join() === this.#addresses.join() &&
        found.every((entry, index) => entry?.title === `Subject ${index + 1}`) &&
        this.#pages.subjectLoads(1) > this.#loads &&
        (await this.#hasWatchdog())
      );
    };
    await until('the other program to have all its tabs', runs, startMs).catch((error) => {
      throw new Error(`${error instanceof Error ? error.message : error}; it said: ${this.#said.trim()}`);
    });
  }

  #files(): SessionFiles {
    const files = new SessionFiles(path.join(this.#profile, 'session'));
    files.read();
    return files;
  }

  /** What runs for its profile, whatever started it. */
  async #processes(): Promise<number[]> {
    const lines = await fewAtOnce(await allPids(), async (pid) => [pid, await commandLineOf(pid)] as const);
    const ours = lines.filter(([pid, line]) => pid !== process.pid && line.includes(this.#profile));
    return ours.map(([pid]) => pid);
  }

  async #hasProcesses(): Promise<boolean> {
    return (await this.#processes()).length > 0;
  }

  /** It is started when everything else has been. */
  async #hasWatchdog(): Promise<boolean> {
    for (const pid of await this.#processes()) {
      if ((await commandLineOf(pid)).includes('--type=')) continue;
      const lines = await fewAtOnce(await familyOf(pid), commandLineOf);
      return lines.some((line) => line.includes(watchdogName));
    }
    return false;
  }

  /** Names of its objects in shared memory: those that say whose they are, and those of Chromium's that stay. */
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

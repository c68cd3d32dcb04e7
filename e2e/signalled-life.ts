import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SignalRound, SignalTarget, Volley } from '../tools/testing/random-signals.ts';
import { expect } from './expect.ts';
import type { TestPages } from './pages.ts';
import { onDisk } from './session.ts';
import {
  aliveOf,
  browserOf,
  commandLineOf,
  familyOf,
  isAlive,
  namedObjectsOf,
  readStat,
  sendSignal,
} from './system.ts';
import { Undriven } from './undriven.ts';

/** Longest time for the browser to recover, ms. */
const patienceMs = 60_000;
/** Electron's message when a zygote ends while the browser waits for it. Electron then ends itself. */
const endOfRuntime = 'Did not receive ping from zygote child';
/** Titles of pages that count. The last one is reloaded after each signal, so it keeps no state. */
const counting = ['Alpha', 'Beta', 'Gamma'];
const loaded = 'Loaded';

export type Phase = 'at the start' | 'while loading' | 'at rest' | 'while closing';

export interface Hit {
  phase: Phase;
  pid: number;
  target: SignalTarget;
  signal: NodeJS.Signals;
}

/** One run of the browser, from its start to its end. */
export class Life {
  readonly story: string[] = [];
  /** One signal each, or two at once. */
  readonly fired: Hit[][] = [];
  /** Longest time without an answer of the browser's own thread. */
  longestMs = 0;
  /** Time from closing the window to the end of the browser, if the window was closed. */
  closingMs: number | undefined;
  readonly #pages: TestPages;
  readonly #profile: string;
  readonly #temporary: string;
  readonly #titles = [...counting, loaded];
  #undriven: Undriven | undefined;
  /** All processes of this run with their start times, because a PID may be reused. */
  readonly #processes = new Map<number, number>();

  constructor(pages: TestPages, profile: string, temporary: string) {
    this.#pages = pages;
    this.#profile = profile;
    this.#temporary = temporary;
  }

  /** The log without Electron's messages about a missing D-Bus. */
  get log(): string {
    const lines = this.#undriven?.log.split('\n') ?? [];
    return lines.filter((line) => !line.includes('ERROR:bus.cc')).join('\n');
  }

  get #program(): Undriven {
    if (!this.#undriven) throw new Error('the program does not run');
    return this.#undriven;
  }

  async run({ start, during, closing }: SignalRound): Promise<void> {
    const addresses = this.#titles.map((title) => this.#pages.counter(title));
    const starting = Undriven.start(addresses, { profile: this.#profile, temporary: this.#temporary });
    starting.catch(() => undefined);
    let hits: Hit[] = [];
    if (start) {
      const look = () => browserOf(this.#profile);
      await expect.poll(look, { intervals: [5], timeout: patienceMs }).toBeGreaterThan(0);
      const browser = (await look()) ?? 0;
      await pause(start.delayMs);
      hits = await this.#fire('at the start', start, await this.#aim(browser));
      if (await this.#endsProgram(hits)) return this.#expectSuccessor(browser, starting);
    }
    this.#undriven = await starting;
    await this.#recover(hits);
    const stop = new AbortController();
    const watching = this.#watchThread(stop.signal);
    try {
      for (const volley of during) if (!(await this.#take(volley))) return;
    } finally {
      stop.abort();
      void watching;
    }
    const aim = await this.#aim(this.#program.pid);
    const closed = performance.now();
    await this.#program.closeWindow();
    await pause(closing.delayMs);
    await this.#fire('while closing', closing, aim);
    await this.#program.ended();
    this.closingMs = performance.now() - closed;
    this.story.push(`it ended after ${Math.round(this.closingMs)} ms`);
  }

  /** Ends the browser if it still runs, and checks that it leaves no process. */
  async end(): Promise<void> {
    if (this.#undriven?.exitCode === null) await this.#undriven.dispose();
    const successor = await browserOf(this.#profile);
    if (successor !== undefined) {
      await this.#collect(successor);
      sendSignal(successor, 'SIGTERM');
    }
    // Left to the next start: a watchdog that was stopped after the browser's last step, and the folder of the lock's
    // socket if Electron has ended itself. If the browser restarted and had to end before it had cleaned up, also a
    // process that was stopped before there was a watchdog: a network service, and with it its broker.
    const isForNextStart = (left: string) =>
      / T .*\/bin\/sh/.test(left) || (successor !== undefined && / T | --type=broker/.test(left));
    const others = async () => (await this.#left()).filter((each) => !isForNextStart(each));
    await expect.poll(others, { message: 'processes left behind', timeout: patienceMs }).toEqual([]);
    const all = async () => [...(await this.#left()), ...(await readdir(this.#temporary))];
    if ((await all()).length > 0) {
      const next = await Undriven.start([], { profile: this.#profile, temporary: this.#temporary });
      const own = [await singletonFolderOf(this.#profile)];
      const others = async () => (await all()).filter((each) => !own.includes(each));
      await expect
        .poll(others, { message: 'what the next start leaves', timeout: patienceMs })
        .toEqual([])
        .finally(() => next.dispose());
    }
    const objects = () => namedObjectsOf([...this.#processes.keys()]);
    await expect.poll(objects, { message: 'names in shared memory', timeout: patienceMs }).toEqual([]);
  }

  async #left(): Promise<string[]> {
    const left = await Promise.all(
      [...this.#processes].map(async ([pid, startTicks]) => {
        const stat = await readStat(pid);
        const isLeft = stat && stat.state !== 'Z' && stat.startTicks === startTicks;
        return isLeft ? [`${pid} ${stat.state} ${(await commandLineOf(pid)).slice(0, 3).join(' ')}`] : [];
      }),
    );
    return left.flat();
  }

  /** Returns false when the browser has restarted, because the new process cannot be observed from inside. */
  async #take(volley: SignalRound['during'][number]): Promise<boolean> {
    const before = await this.#states();
    if (volley.loading) {
      await this.#program.evaluate(
        ({ webContents }, address) =>
          webContents
            .getAllWebContents()
            .find((each) => each.getURL() === address)
            ?.reload(),
        this.#address(loaded),
      );
    }
    await pause(volley.delayMs);
    const browser = this.#program.pid;
    const hits = await this.#fire(volley.loading ? 'while loading' : 'at rest', volley, await this.#aim(browser));
    if (await this.#endsProgram(hits)) {
      await this.#expectSuccessor(browser, Promise.resolve());
      return false;
    }
    await this.#recover(hits);
    const hurt = new Set(hits.map(({ pid }) => pid));
    for (const [title, state] of before) {
      if (title === loaded || state.pid === undefined || hurt.has(state.pid)) continue;
      await expect
        .poll(() => this.#stateOf(title), { message: `${title} lives on`, timeout: patienceMs })
        .toMatchObject({ pid: state.pid });
      await expect
        .poll(async () => (await this.#stateOf(title)).count, { message: `${title} counts on`, timeout: patienceMs })
        .toBeGreaterThan(state.count);
    }
    return true;
  }

  /** Returns the present targets. */
  async #aim(browser: number): Promise<[number, SignalTarget][]> {
    await this.#collect(browser);
    return kindsOf(browser, this.#undriven && (await pidOfShell(this.#undriven).catch(() => undefined)));
  }

  /** Some kinds do not exist during start and shutdown. Then another process is the target. */
  async #fire(phase: Phase, { shots }: Volley, aim: [number, SignalTarget][]): Promise<Hit[]> {
    const alive = await aliveOf(aim.map(([pid]) => pid));
    const there = aim.filter(([pid]) => alive.includes(pid));
    const hits = shots.flatMap(({ target, signal, pick }): Hit[] => {
      const wanted = there.filter(([, kind]) => kind === target);
      const choice = wanted.length > 0 ? wanted : there;
      const [pid, kind] = choice[pick % choice.length] ?? [];
      return pid === undefined || kind === undefined ? [] : [{ phase, pid, target: kind, signal }];
    });
    for (const { pid, signal } of hits) sendSignal(pid, signal);
    this.fired.push(hits);
    this.story.push(`${phase}: ${hits.map(({ pid, target, signal }) => `${signal} to ${target} ${pid}`).join(', ')}`);
    return hits;
  }

  /** Returns whether a renderers' zygote has ended, which makes the browser restart. */
  async #endsProgram(hits: Hit[]): Promise<boolean> {
    const zygotes = hits.filter(({ target, signal }) => target === 'zygote' && signal !== 'SIGSTOP');
    if (zygotes.length === 0) return false;
    await pause(1000);
    const alive = await Promise.all(zygotes.map(({ pid }) => isAlive(pid)));
    return alive.includes(false);
  }

  async #expectSuccessor(browser: number, starting: Promise<unknown>): Promise<void> {
    this.story.push('a zygote has ended');
    const failure = await starting.then(
      () => '',
      (error) => String(error),
    );
    if (failure) this.story.push(failure);
    if (`${failure}${this.#undriven?.log}`.includes(endOfRuntime)) return this.#startAgain();
    await expect
      .poll(() => browserOf(this.#profile), { message: 'the program that started again', timeout: patienceMs })
      .not.toBe(browser);
    await expect
      .poll(() => browserOf(this.#profile), { message: 'the program that started again', timeout: patienceMs })
      .toBeGreaterThan(0);
    await expect
      .poll(async () => (await onDisk(this.#profile))?.titles.length, { message: 'its tabs', timeout: patienceMs })
      .toBe(this.#titles.length);
  }

  /**
   * Electron has ended the whole browser, and the user starts it again: with every tab, unless the end was too early.
   */
  async #startAgain(): Promise<void> {
    this.story.push('it took the whole program with it');
    const kept = (await onDisk(this.#profile))?.titles.length ?? 0;
    const addresses = kept > 0 ? [] : this.#titles.map((title) => this.#address(title));
    this.#undriven = await Undriven.start(addresses, { profile: this.#profile, temporary: this.#temporary });
    await expect
      .poll(async () => (await this.#program.tabs()).length, { timeout: patienceMs })
      .toBe(this.#titles.length);
    await this.#collect();
  }

  /** Waits until everything works again: by itself, except for tabs, which the user reloads. */
  async #recover(hits: Hit[]): Promise<void> {
    const program = this.#program;
    for (const { pid, target } of hits) {
      if (target === 'tab') sendSignal(pid, 'SIGCONT');
      else
        await expect
          .poll(async () => (await readStat(pid))?.state, { message: `${target} goes on`, timeout: patienceMs })
          .not.toBe('T');
    }
    await expect.poll(() => missingOf(program), { message: 'what has not come back', timeout: patienceMs }).toEqual([]);
    for (const title of this.#titles) {
      const isThere = async () => (await this.#stateOf(title)).count >= 0;
      if (title !== loaded && (await isThere())) continue;
      await program.press('bulkhead://shell', String(this.#titles.indexOf(title) + 1), 'control');
      if (title === loaded) await program.press('bulkhead://shell', 'F5');
      // A page that loses the network service while it loads is reloaded once.
      const isThereOrReloads = async () => {
        if (await isThere()) return true;
        if (!(await this.#isLoading(title))) await program.press('bulkhead://shell', 'F5');
        return false;
      };
      await expect.poll(isThereOrReloads, { message: `${title} loads`, timeout: patienceMs }).toBe(true);
    }
  }

  #isLoading(title: string): Promise<boolean> {
    return this.#program.evaluate(
      ({ webContents }, address) =>
        webContents
          .getAllWebContents()
          .find((each) => each.getURL() === address)
          ?.isLoadingMainFrame() ?? false,
      this.#address(title),
    );
  }

  #address(title: string): string {
    return this.#pages.counter(title);
  }

  async #states(): Promise<Map<string, State>> {
    return new Map(await Promise.all(this.#titles.map(async (title) => [title, await this.#stateOf(title)] as const)));
  }

  /** `count` is -1 while the page does not answer. */
  #stateOf(title: string): Promise<State> {
    const nothing: State = { pid: undefined, count: -1 };
    return this.#program
      .evaluate(async ({ webContents }, address): Promise<State> => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
        if (!contents || contents.isCrashed()) return { pid: undefined, count: -1 };
        const pid = contents.getOSProcessId();
        // A process that has just ended never answers.
        const patience = new Promise<number>((resolve) => setTimeout(resolve, 1000, -1));
        const script = `Number(document.querySelector('output').value)`;
        const count = await Promise.race([contents.executeJavaScript(script).catch(() => -1), patience]);
        return { pid, count };
      }, this.#address(title))
      .catch(() => nothing);
  }

  async #collect(browser = this.#program.pid): Promise<void> {
    for (const pid of await familyOf(browser)) {
      const stat = await readStat(pid);
      if (stat) this.#processes.set(pid, stat.startTicks);
    }
  }

  async #watchThread(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const asked = performance.now();
      const answered = await this.#program.evaluate(() => true).catch(() => false);
      if (!answered) return;
      this.longestMs = Math.max(this.longestMs, performance.now() - asked);
      await pause(100);
    }
  }
}

interface State {
  pid: number | undefined;
  count: number;
}

/** Returns the folder with the socket of a profile's lock. */
const singletonFolderOf = async (profile: string) =>
  path.basename(path.dirname(await readlink(`${profile}/SingletonSocket`)));

/** Returns every process below the browser, and its kind. */
async function kindsOf(browser: number, shell: number | undefined): Promise<[number, SignalTarget][]> {
  const pids = (await familyOf(browser)).filter((pid) => pid !== browser);
  const found = await Promise.all(
    pids.map(async (pid): Promise<[number, SignalTarget] | undefined> => {
      const line = await commandLineOf(pid);
      if (pid === shell) return [pid, 'shell'];
      if (line.includes('--type=renderer')) return [pid, 'tab'];
      if (line.includes('--type=zygote')) return [pid, 'zygote'];
      if (line.includes('--type=gpu-process')) return [pid, 'gpu'];
      if (line.includes('--utility-sub-type=network.mojom.NetworkService')) return [pid, 'network'];
      if (line.includes('--type=broker')) return [pid, 'broker'];
      if (line.includes('--utility-sub-type=node.mojom.NodeService')) return [pid, 'plugin'];
      return line.includes('bulkhead-watchdog') ? [pid, 'watchdog'] : undefined;
    }),
  );
  return found.filter((each) => each !== undefined);
}

/**
 * Returns the missing processes that the browser needs. Plugin and watchdog have budgets, which such a run may use up.
 */
async function missingOf(program: Undriven): Promise<string[]> {
  const shell = await pidOfShell(program);
  const kinds = await kindsOf(program.pid, shell);
  // A service that has lost its broker is about to end, and present loads will fail with it.
  const missing = (['shell', 'gpu', 'network', 'broker'] as const).filter(
    (kind) => !kinds.some(([, each]) => each === kind),
  );
  const answers = await program
    .evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith('bulkhead://shell'));
      const patience = new Promise<boolean>((resolve) => setTimeout(resolve, 1000, false));
      const script = `document.querySelector('[role=tab]') !== null`;
      return Promise.race([contents?.executeJavaScript(script).catch(() => false) ?? false, patience]);
    })
    .catch(() => false);
  return answers ? missing : [...missing, 'an interface that answers'];
}

const pidOfShell = (program: Undriven): Promise<number> =>
  program.evaluate(
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((each) => each.getURL().startsWith('bulkhead://shell'))
        ?.getOSProcessId() ?? 0,
  );

import { setTimeout as sleep } from 'node:timers/promises';
import type { BreakResult, Fault, PluginFault, RunningFault, StartFault, TabFault } from '@bulkhead/contracts';
import { app } from 'electron';
import type { TabSnapshots } from '../frames/tab-snapshots.ts';
import { debugAddress } from '../omnibox/debug-addresses.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { endProcess } from '../processes/end-process.ts';
import { readStat } from '../processes/proc.ts';
import type { ServicePids } from '../processes/service-pids.ts';
import type { Shell } from '../shell/shell.ts';
import type { Tab } from '../tabs/tab.ts';
import { victimOf, whyUnavailable } from './catalogue.ts';
import { causeTabFault } from './tab-faults.ts';

const unavailable: BreakResult = { ok: false, reason: 'unavailable' };
const noVictim: BreakResult = { ok: false, reason: 'no-victim' };
const caused = (pid: number | null | undefined): BreakResult => (pid ? { ok: true, pid } : noVictim);

const pluginSignals: Partial<Record<PluginFault, NodeJS.Signals>> = {
  'plugin-kill': 'SIGKILL',
  'plugin-terminate': 'SIGTERM',
  'plugin-stop': 'SIGSTOP',
  'plugin-abort': 'SIGABRT',
};
const startFaults: Partial<Record<PluginFault, StartFault>> = {
  'plugin-exception-at-start': 'exception-at-start',
  'plugin-never-starts': 'never-starts',
  'plugin-truncate-segment': 'truncate-segment',
};

interface Victims {
  plugin: PluginProcess;
  shell: Shell;
  services: ServicePids;
  snapshots: TabSnapshots;
}

/** Causes faults on purpose. Every caller goes through it. */
export class FaultInjector {
  readonly #victims: Victims;

  constructor(victims: Victims) {
    this.#victims = victims;
  }

  /** `tab` is the victim of a tab's fault; every other fault has one possible victim. */
  async cause(fault: Fault, tab: Tab | undefined): Promise<BreakResult> {
    const why = whyUnavailable(fault);
    if (why !== null && why !== 'ends-the-program') return unavailable;
    const victim = victimOf(fault);
    if (victim === 'tab') return this.#breakTab(fault as TabFault, tab);
    if (victim === 'plugin') return this.#breakPlugin(fault as PluginFault);
    if (victim === 'shell') return this.#breakShell(fault);
    if (victim === 'browser') return this.#breakBrowser(fault);
    return this.#breakService(fault, victim);
  }

  /**
   * Takes what a person typed if it is a debug address, for the tab that it was typed into, and says what came of it;
   * undefined for every other address.
   */
  takeTyped(typed: string, tab: Tab): Promise<BreakResult> | undefined {
    const debug = debugAddress(typed);
    if (!debug) return undefined;
    return debug.by === 'chromium' ? this.#injureByChromium(debug.address, tab) : this.cause(debug.fault, tab);
  }

  /** Its addresses for the GPU process need no page; the others injure one. */
  async #injureByChromium(address: string, tab: Tab): Promise<BreakResult> {
    const pid = address.startsWith('chrome://gpu') ? await this.#victims.services.find('gpu') : tab.pid;
    if (!pid) return noVictim;
    tab.injureByChromium(address);
    return caused(pid);
  }

  async #breakTab(fault: TabFault, tab: Tab | undefined): Promise<BreakResult> {
    if (!tab?.pid) return noVictim;
    await this.#victims.snapshots.takeBeforeEnd(tab);
    // It may have ended meanwhile, or have got another process.
    const { pid } = tab;
    if (!pid) return noVictim;
    const result = await causeTabFault(tab, fault);
    return result === 'caused' ? caused(pid) : { ok: false, reason: result };
  }

  #breakPlugin(fault: PluginFault): BreakResult {
    const { plugin } = this.#victims;
    const { pid } = plugin;
    if (pid === null) return noVictim;
    const signal = pluginSignals[fault];
    const start = startFaults[fault];
    if (signal) endProcess(pid, signal);
    else if (start) {
      plugin.failNextStart(start);
      plugin.kill();
    } else if (!plugin.breakYourself(fault.slice('plugin-'.length) as RunningFault)) return noVictim;
    return caused(pid);
  }

  #breakShell(fault: Fault): BreakResult {
    const { shell } = this.#victims;
    const { pid } = shell;
    const contents = shell.view?.webContents;
    if (!contents || pid === null) return noVictim;
    if (fault === 'shell-crash') contents.forcefullyCrashRenderer();
    // It is ours, and trusted types forbid strings as code only in the page; this comes from outside.
    else contents.executeJavaScript('setTimeout(() => { for (;;); }); 0').catch(() => undefined);
    return caused(pid);
  }

  async #breakService(fault: Fault, victim: 'gpu' | 'network' | 'zygote'): Promise<BreakResult> {
    const pid = await this.#victims.services.find(victim);
    if (pid === undefined) return noVictim;
    const contents = this.#victims.shell.view?.webContents;
    // Chromium's own debug address crashes the GPU process, whichever contents it is loaded into, and moves none.
    if (fault === 'gpu-crash') contents?.loadURL('chrome://gpucrash/').catch(() => undefined);
    else if (fault === 'gpu-hang') void keepStopped(pid);
    else endProcess(pid, 'SIGKILL');
    return caused(pid);
  }

  #breakBrowser(fault: Fault): BreakResult {
    if (fault === 'browser-exception') {
      setImmediate(() => {
        throw new Error('it was told to fail');
      });
    } else if (fault === 'browser-terminate') process.kill(process.pid, 'SIGTERM');
    else process.kill(process.pid, 'SIGKILL');
    return caused(app.isReady() ? process.pid : null);
  }
}

/** How often a process is looked at that is to stay stopped, and how long, ms. */
const stopLookMs = 50;
const stopMs = 5000;

/** Stops a process, and again when it was let go on: that one hangs for good. */
async function keepStopped(pid: number): Promise<void> {
  const until = performance.now() + stopMs;
  while (performance.now() < until && endProcess(pid, 'SIGSTOP')) {
    do await sleep(stopLookMs);
    while ((await readStat(pid))?.state === 'T');
  }
}

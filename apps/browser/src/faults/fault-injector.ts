import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BreakResult,
  type Fault,
  isFaultOf,
  type PluginFault,
  type RunningFault,
  rowOf,
  type StartFault,
  type TabFault,
} from '@bulkhead/contracts';
import { app } from 'electron';
import type { TabSnapshots } from '../frames/tab-snapshots.ts';
import { log, writeLogNow } from '../log/log.ts';
import { debugAddress } from '../omnibox/debug-addresses.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { endProcess } from '../processes/end-process.ts';
import { readStat } from '../processes/proc.ts';
import type { ServicePids } from '../processes/service-pids.ts';
import type { Shell } from '../shell/shell.ts';
import type { Tab } from '../tabs/tab.ts';
import { whyUnavailable } from './catalogue.ts';
import { causeTabFault } from './tab-faults.ts';

const unavailable: BreakResult = { ok: false, reason: 'unavailable' };
const noVictim: BreakResult = { ok: false, reason: 'no-victim' };
const caused = (pid: number | null | undefined): BreakResult => (pid ? { ok: true, pid } : noVictim);

/** How each plugin fault is caused: by a signal, at the plugin's next start, or by the running process itself. */
const pluginCauses: Record<
  PluginFault,
  { signal: NodeJS.Signals } | { start: StartFault } | { running: RunningFault }
> = {
  'plugin-kill': { signal: 'SIGKILL' },
  'plugin-terminate': { signal: 'SIGTERM' },
  'plugin-stop': { signal: 'SIGSTOP' },
  'plugin-abort': { signal: 'SIGABRT' },
  'plugin-segmentation-fault': { running: 'segmentation-fault' },
  'plugin-endless-loop': { running: 'endless-loop' },
  'plugin-endless-loop-in-worker': { running: 'endless-loop-in-worker' },
  'plugin-stack-overflow': { running: 'stack-overflow' },
  'plugin-exhaust-heap': { running: 'exhaust-heap' },
  'plugin-exhaust-array-buffers': { running: 'exhaust-array-buffers' },
  'plugin-leak': { running: 'leak' },
  'plugin-swarm-of-workers': { running: 'swarm-of-workers' },
  'plugin-message-flood': { running: 'message-flood' },
  'plugin-malformed-message': { running: 'malformed-message' },
  'plugin-closed-port': { running: 'closed-port' },
  'plugin-exit': { running: 'exit' },
  'plugin-corrupt-memory': { running: 'corrupt-memory' },
  'plugin-exception-at-start': { start: 'exception-at-start' },
  'plugin-never-starts': { start: 'never-starts' },
  'plugin-truncate-segment': { start: 'truncate-segment' },
};

interface Victims {
  plugin: PluginProcess;
  shell: Shell;
  services: ServicePids;
  snapshots: TabSnapshots;
}

/** Causes faults on purpose: the only way for all parts of the browser. */
export class FaultInjector {
  readonly #victims: Victims;

  constructor(victims: Victims) {
    this.#victims = victims;
  }

  /** Causes a fault. `tab` is the victim of a tab fault; every other fault has only one possible victim. */
  async cause(fault: Fault, tab: Tab | undefined): Promise<BreakResult> {
    const logger = isFaultOf(fault, 'tab') && tab ? tab.log : log;
    logger.info(`fault: ${fault}`);
    // The fault may end the browser at once.
    if (rowOf(fault).victim === 'browser') writeLogNow();
    const result = await this.#cause(fault, tab);
    if (!result.ok) logger.info(`fault: ${fault} was not caused: ${result.reason}`);
    return result;
  }

  async #cause(fault: Fault, tab: Tab | undefined): Promise<BreakResult> {
    const why = whyUnavailable(fault);
    if (why !== null && why !== 'ends-the-program') return unavailable;
    if (isFaultOf(fault, 'tab')) return this.#breakTab(fault, tab);
    if (isFaultOf(fault, 'plugin')) return this.#breakPlugin(fault);
    const { victim } = rowOf(fault);
    if (victim === 'shell') return this.#breakShell(fault);
    if (victim === 'gpu' || victim === 'network' || victim === 'zygote') return this.#breakService(fault, victim);
    return this.#breakBrowser(fault);
  }

  /**
   * Causes the fault of a debug address that the user typed into this tab. Returns its result; undefined if `typed` is
   * not a debug address.
   */
  takeTyped(typed: string, tab: Tab): Promise<BreakResult> | undefined {
    const debug = debugAddress(typed);
    if (!debug) return undefined;
    return debug.by === 'chromium' ? this.#loadDebugAddress(debug.address, tab) : this.cause(debug.fault, tab);
  }

  /**
   * Loads one of Chromium's debug addresses. Those for the GPU process need no page; the others break the tab's page.
   */
  async #loadDebugAddress(address: string, tab: Tab): Promise<BreakResult> {
    const pid = address.startsWith('chrome://gpu') ? await this.#victims.services.find('gpu') : tab.pid;
    if (!pid) return noVictim;
    tab.log.info(`fault of Chromium: ${address.replace('chrome://', '')}`);
    tab.loadDebugAddress(address);
    return caused(pid);
  }

  async #breakTab(fault: TabFault, tab: Tab | undefined): Promise<BreakResult> {
    if (!tab?.pid) return noVictim;
    await this.#victims.snapshots.takeBeforeEnd(tab);
    // The tab may have ended meanwhile, or moved to another process.
    const { pid } = tab;
    if (!pid) return noVictim;
    const result = await causeTabFault(tab, fault);
    return result === 'caused' ? caused(pid) : { ok: false, reason: result };
  }

  #breakPlugin(fault: PluginFault): BreakResult {
    const { plugin } = this.#victims;
    const { pid } = plugin;
    if (pid === null) return noVictim;
    const cause = pluginCauses[fault];
    if ('signal' in cause) endProcess(pid, cause.signal);
    else if ('start' in cause) {
      plugin.failNextStart(cause.start);
      plugin.kill();
    } else if (!plugin.breakYourself(cause.running)) return noVictim;
    return caused(pid);
  }

  #breakShell(fault: Fault): BreakResult {
    const { shell } = this.#victims;
    const { pid } = shell;
    const contents = shell.view?.webContents;
    if (!contents || pid === null) return noVictim;
    if (fault === 'shell-crash') contents.forcefullyCrashRenderer();
    // The shell's trusted types forbid code from strings only to the page itself, not to the browser process.
    else contents.executeJavaScript('setTimeout(() => { for (;;); }); 0').catch(() => undefined);
    return caused(pid);
  }

  async #breakService(fault: Fault, victim: 'gpu' | 'network' | 'zygote'): Promise<BreakResult> {
    const pid = await this.#victims.services.find(victim);
    if (pid === undefined) return noVictim;
    const contents = this.#victims.shell.view?.webContents;
    // Chromium's debug address crashes the GPU process from any contents, and navigates none.
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

/** How often, and for how long, a process that must stay stopped is checked, ms. */
const stopLookMs = 50;
const stopMs = 5000;

/** Stops a process, and stops it again if another process continues it, so that the process really hangs. */
async function keepStopped(pid: number): Promise<void> {
  const until = performance.now() + stopMs;
  while (performance.now() < until && endProcess(pid, 'SIGSTOP')) {
    do await sleep(stopLookMs);
    while ((await readStat(pid))?.state === 'T');
  }
}

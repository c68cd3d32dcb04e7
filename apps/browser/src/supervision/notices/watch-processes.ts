import type { Notice, ProcessEnd } from '@bulkhead/contracts';
import type { PluginProcess } from '../../plugins/plugin-process.ts';
import type { ServiceEnd, ServiceEnds } from '../../processes/service-ends.ts';
import type { ServicePids } from '../../processes/service-pids.ts';
import type { Shell } from '../../shell/shell.ts';
import type { CrashReports } from '../../storage/crash-reports/crash-reports.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import { watchOthers } from './aftermath.ts';
import type { Notices } from './notices.ts';

/** Time between looks for a successor, and longest wait for it, ms. */
const lookMs = 100;
const patienceMs = 15_000;

interface Parts {
  strip: TabStrip;
  plugin: PluginProcess;
  shell: Shell;
  services: ServicePids;
  ends: ServiceEnds;
  notices: Notices;
  crashReports: CrashReports;
  /** The GPU process that was ended because it hung; asked once for each. */
  takeHungGpu: () => number | undefined;
}

/** Adds a notice for each end of a process other than a tab, and updates it when there is a successor. */
export function watchProcesses(parts: Parts): void {
  const { plugin, shell, services, ends, notices } = parts;
  void services.find('network');
  ends.on('end', (end) => void noticeService(parts, end));
  /** The plugin's last end, until it runs again. */
  let ended: { id: number; at: number } | undefined;
  plugin.on('ended', (end) => {
    const state = plugin.state().status === 'stopped' ? 'given-up' : 'waiting';
    const at = performance.now();
    ended = { id: noticeEnd(parts, 'plugin', plugin.name, end, state), at };
  });
  // Restarted automatically, or by the user.
  plugin.on('running', () => {
    if (ended) notices.update(ended.id, came(plugin.pid, ended.at));
    ended = undefined;
  });
  /** The shell's last end, until it runs again. It may end several times before that. */
  let shellEnded: { id: number; at: number } | undefined;
  shell.on('ended', (end) => {
    const at = performance.now();
    shellEnded = { id: noticeEnd(parts, 'shell', '', end, 'waiting'), at };
  });
  shell.on('connected', () => {
    if (shellEnded) notices.update(shellEnded.id, came(shell.pid, shellEnded.at));
    shellEnded = undefined;
  });
}

const came = (pid: number | null, since: number) => ({
  outcome: 'back' as const,
  newPid: pid,
  downMs: performance.now() - since,
});

const howOf: Record<ProcessEnd['kind'], Notice['how']> = {
  crashed: 'crashed',
  killed: 'killed',
  exited: 'exited',
  unresponsive: 'hung',
  'bad-message': 'bad-message',
  'forbidden-calls': 'forbidden-calls',
  'out-of-memory': 'out-of-memory',
  'too-many-threads': 'too-many-threads',
  'launch-failed': 'launch-failed',
  'reload-loop': 'hung',
  'internal-error': 'killed',
};

function noticeEnd(
  parts: Parts,
  victim: 'plugin' | 'shell',
  name: string,
  { kind, signal, exitCode, pid }: ProcessEnd,
  outcome: Notice['outcome'],
): number {
  const how = howOf[kind];
  const { notices, crashReports } = parts;
  const id = notices.add({ victim, name, outcome, how, signal, exitCode, pid });
  crashReports.add({ victim, name, reason: kind, signal, exitCode, pid, ofMatrix: crashReports.matrixRuns });
  void measureCost(parts, id);
  return id;
}

async function noticeService(parts: Parts, { victim, name, reason, signal, exitCode }: ServiceEnd): Promise<void> {
  const at = performance.now();
  const { notices, crashReports, services } = parts;
  const loading = victim === 'network' ? parts.strip.tabs.filter(({ isLoading }) => isLoading) : [];
  const hung = victim === 'gpu' ? parts.takeHungGpu() : undefined;
  const pid = hung ?? (victim === 'utility' ? null : services.last(victim));
  const how = hung === undefined ? howOfReason(reason) : 'hung';
  const id = notices.add({ victim, name, outcome: 'waiting', how, signal, exitCode, pid });
  crashReports.add({
    victim,
    name,
    reason: hung === undefined ? reason : 'unresponsive',
    signal,
    exitCode,
    pid,
    ofMatrix: crashReports.matrixRuns,
  });
  void measureCost(parts, id);
  // A utility process is started when it is needed, so there may be no successor.
  if (victim === 'utility') return notices.update(id, { outcome: 'gone' });
  while (performance.now() - at < patienceMs) {
    const next = await services.find(victim);
    if (next !== undefined && next !== pid) {
      notices.update(id, came(next, at));
      if (victim === 'network') parts.shell.loseNetwork();
      for (const tab of loading) tab.guard(() => tab.loseNetwork());
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  notices.update(id, { outcome: 'gone' });
}

function howOfReason(reason: string): Notice['how'] {
  if (reason === 'crashed' || reason === 'killed' || reason === 'launch-failed') return reason;
  if (reason === 'oom' || reason === 'memory-eviction') return 'out-of-memory';
  return 'exited';
}

async function measureCost({ strip, notices }: Parts, id: number): Promise<void> {
  const { tabs, longestGapMs } = await watchOthers(strip, undefined);
  if (tabs > 0) notices.update(id, { longestGapMs });
}

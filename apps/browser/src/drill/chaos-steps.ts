import { type Fault, faults, rowOf, type VictimKind } from '@bulkhead/contracts';
import { endProcess } from '../processes/end-process.ts';
import type { Tab } from '../tabs/tab.ts';
import type { DrillTarget } from './drill-target.ts';
import { until, within } from './until.ts';

/** Faults of a random run, with their weights. */
export const chaosFaults = faults.flatMap((fault): (readonly [Fault, number])[] => {
  const { weight } = rowOf(fault);
  return weight === undefined ? [] : [[fault, weight]];
});

/** Longest wait for a fault's effect, ms: it may have to fill memory first, on a busy machine. */
const patienceMs = 60_000;

/** Returns the newest notice about the end of such a process. */
const noticeOf = ({ notices }: DrillTarget, victim: VictimKind) =>
  notices.all.findLast((notice) => notice.victim === victim);

/** Causes one fault, waits for its effect, and brings the victim back. Rejects if another effect happens. */
export async function takeStep(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const { victim } = rowOf(fault);
  if (victim === 'tab') return stepOnTab(target, fault, tab);
  if (victim === 'plugin') return stepOnPlugin(target, fault, tab);
  const before = noticeOf(target, victim)?.id;
  await cause(target, fault);
  await until(`the end of the ${victim}`, () => noticeOf(target, victim)?.id !== before, patienceMs);
  await until(`the ${victim} to come back`, () => noticeOf(target, victim)?.outcome === 'back', patienceMs);
}

/** Breaks the plugin. Shows `tab` meanwhile: the plugin reads its frames. */
async function stepOnPlugin(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const { plugin, framePath, strip } = target;
  const atWork = () => within('the plugin to analyze a frame', framePath.nextStatistics(), patienceMs);
  strip.activate(tab);
  // A restart resets the restart budget, which would stop the run early.
  plugin.restart();
  await until('the plugin to start', () => plugin.connection !== undefined);
  await atWork();
  const { pid } = plugin;
  const before = noticeOf(target, 'plugin')?.id;
  await cause(target, fault);
  const { by } = rowOf(fault).expects;
  if (by === 'end') {
    await until('the plugin to end', () => noticeOf(target, 'plugin')?.id !== before, patienceMs);
  } else if (by === 'nothing') {
    await atWork();
    if (plugin.pid !== pid) {
      const { how, signal } = noticeOf(target, 'plugin') ?? {};
      throw new Error(`the plugin lost its process: ${how} ${signal ?? ''}`);
    }
    // The endless loop in its worker would not stop.
    plugin.kill();
  }
  // For a fault that the kernel refuses, the plugin tries it at its start.
  await until('a new plugin process', () => plugin.pid !== pid && plugin.connection !== undefined, patienceMs);
  await atWork();
}

async function stepOnTab(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const { pid, connection } = tab;
  const expectation = rowOf(fault).expects;
  // The leak's timer runs only once a second in a hidden page.
  if (fault === 'tab-leak') target.strip.activate(tab);
  await cause(target, fault, tab);
  if (expectation.by === 'end') {
    await until('the tab to end', () => tab.ended !== null, patienceMs);
    if (!expectation.as.some((kind) => kind === tab.ended?.kind))
      throw new Error(`the tab ended as ${tab.ended?.kind}`);
    return revive(tab);
  }
  if (fault === 'tab-stop') {
    if (pid !== null) endProcess(pid, 'SIGCONT');
  } else if (expectation.by === 'hang' || expectation.by === 'dialog') {
    if (expectation.by === 'dialog') {
      await until('the dialog to open', () => tab.health.dialog !== null, patienceMs);
      const { dialog } = tab.health;
      if (dialog)
        target.questions.answer(tab, {
          id: dialog.id,
          accepted: true,
          silence: true,
          text: '',
          password: '',
        });
    }
    await until('the browser to notice the hang', () => tab.health.hang !== null, patienceMs);
    target.hangs.end(tab);
    await until('the tab to end', () => tab.ended !== null);
    return revive(tab);
  } else if (expectation.by === 'frame') {
    await until('the browser to notice the dead frame', () => tab.health.deadFrames.length > 0);
    // Reload again and again: subframes of one site share a process over all tabs, and it may still be ending when a
    // subframe loads into it.
    const again = setInterval(() => target.subframes.reload(tab), 2000);
    target.subframes.reload(tab);
    await until('the frame to come back', () => tab.health.deadFrames.length === 0).finally(() => clearInterval(again));
  } else if (expectation.by === 'port') {
    await until('a new port', () => tab.connection !== connection && tab.connection !== undefined);
  }
  await until('the tab to answer', () => answers(tab));
  if (tab.pid !== pid) throw new Error('the tab lost its process');
  // The endless loop in its worker would not stop.
  if (fault === 'tab-endless-loop-in-worker') await revive(tab);
}

async function cause(target: DrillTarget, fault: Fault, tab?: Tab): Promise<void> {
  const result = await target.faults.cause(fault, tab);
  if (!result.ok) throw new Error(`the fault could not be caused: ${result.reason}`);
}

async function revive(tab: Tab): Promise<void> {
  tab.reload();
  await until('the tab to come back', () => tab.pid !== null && tab.ended === null && answers(tab), patienceMs);
}

export const answers = (tab: Tab): Promise<boolean> =>
  tab.connection?.ask().then(
    () => true,
    () => false,
  ) ?? Promise.resolve(false);

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

/** Longest that a fault is waited for, ms: memory has to be filled first, on a machine that is busy. */
const patienceMs = 60_000;

/** The newest notice of an end of such a process. */
const noticeOf = ({ notices }: DrillTarget, victim: VictimKind) =>
  notices.all.findLast((notice) => notice.victim === victim);

/** Causes one fault, waits for what it does, and brings the victim back. Rejects when something else happens. */
export async function takeStep(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const { victim } = rowOf(fault);
  if (victim === 'tab') return stepOnTab(target, fault, tab);
  if (victim === 'plugin') return stepOnPlugin(target, fault, tab);
  const before = noticeOf(target, victim)?.id;
  await cause(target, fault);
  await until(`the end of the ${victim}`, () => noticeOf(target, victim)?.id !== before, patienceMs);
  await until(`the ${victim} to come back`, () => noticeOf(target, victim)?.outcome === 'back', patienceMs);
}

/** `tab` is shown meanwhile: the plugin reads its frames. */
async function stepOnPlugin(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const { plugin, framePath, strip } = target;
  const atWork = () => within('the plugin to be at work', framePath.nextStatistics(), patienceMs);
  strip.activate(tab);
  // Its budget is a person's protection, not the run's.
  plugin.restart();
  await until('the plugin to run', () => plugin.connection !== undefined);
  await atWork();
  const { pid } = plugin;
  const before = noticeOf(target, 'plugin')?.id;
  await cause(target, fault);
  const { by } = rowOf(fault).expects;
  if (by === 'end') {
    await until('the end of the plugin', () => noticeOf(target, 'plugin')?.id !== before, patienceMs);
  } else if (by === 'nothing') {
    await atWork();
    if (plugin.pid !== pid) {
      const { how, signal } = noticeOf(target, 'plugin') ?? {};
      throw new Error(`the plugin did not keep its process: ${how} ${signal ?? ''}`);
    }
    // What it has been told to do in a worker it would do for ever.
    plugin.kill();
  }
  // One that is refused tries at its start.
  await until('a new plugin process', () => plugin.pid !== pid && plugin.connection !== undefined, patienceMs);
  await atWork();
}

async function stepOnTab(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const { pid, connection } = tab;
  const expectation = rowOf(fault).expects;
  // The timer that leaks turns once a second in a page that is not shown.
  if (fault === 'tab-leak') target.strip.activate(tab);
  await cause(target, fault, tab);
  if (expectation.by === 'end') {
    await until('its end', () => tab.ended !== null, patienceMs);
    if (!expectation.as.some((kind) => kind === tab.ended?.kind)) throw new Error(`it ended as ${tab.ended?.kind}`);
    return revive(tab);
  }
  if (fault === 'tab-stop') {
    if (pid !== null) endProcess(pid, 'SIGCONT');
  } else if (expectation.by === 'hang' || expectation.by === 'dialog') {
    if (expectation.by === 'dialog') {
      await until('its dialog', () => tab.health.dialog !== null, patienceMs);
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
    await until('its hang', () => tab.health.hang !== null, patienceMs);
    target.hangs.end(tab);
    await until('its end', () => tab.ended !== null);
    return revive(tab);
  } else if (expectation.by === 'frame') {
    await until('its dead frame', () => tab.health.deadFrames.length > 0);
    // Frames of one site share a process over all tabs: it may have been ending when the frame was loaded into it.
    const again = setInterval(() => target.subframes.reload(tab), 2000);
    target.subframes.reload(tab);
    await until('its frame to come back', () => tab.health.deadFrames.length === 0).finally(() => clearInterval(again));
  } else if (expectation.by === 'port') {
    await until('another port', () => tab.connection !== connection && tab.connection !== undefined);
  }
  await until('its answer', () => answers(tab));
  if (tab.pid !== pid) throw new Error('it did not keep its process');
  // The worker would go on for ever.
  if (fault === 'tab-endless-loop-in-worker') await revive(tab);
}

async function cause(target: DrillTarget, fault: Fault, tab?: Tab): Promise<void> {
  const result = await target.faults.cause(fault, tab);
  if (!result.ok) throw new Error(`it could not be caused: ${result.reason}`);
}

async function revive(tab: Tab): Promise<void> {
  tab.reload();
  await until('it to come back', () => tab.pid !== null && tab.ended === null && answers(tab), patienceMs);
}

export const answers = (tab: Tab): Promise<boolean> =>
  tab.connection?.ask().then(
    () => true,
    () => false,
  ) ?? Promise.resolve(false);

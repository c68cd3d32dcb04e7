import type { Fault, VictimKind } from '@bulkhead/contracts';
import { victimOf } from '../faults/catalogue.ts';
import { endProcess } from '../processes/end-process.ts';
import type { Tab } from '../tabs/tab.ts';
import type { DrillTarget } from './drill-target.ts';
import { expectations } from './expectations.ts';
import { until, within } from './until.ts';

/**
 * Faults of a random run, and how often each comes up beside the others. Those that take seconds (somebody has to wait
 * for a hang, or for memory to fill) are rare: the run is to be long in faults, not in time.
 */
export const chaosFaults: readonly (readonly [Fault, number])[] = [
  ['tab-kill', 12],
  ['tab-terminate', 8],
  ['tab-segmentation-fault', 8],
  ['tab-abort', 8],
  ['tab-stop', 6],
  ['tab-stack-overflow', 4],
  ['tab-message-flood', 6],
  ['tab-malformed-message', 8],
  ['tab-closed-port', 6],
  ['tab-dead-frame', 4],
  ['tab-endless-loop', 1],
  ['tab-endless-loop-in-worker', 2],
  ['tab-endless-loop-after-dialog', 1],
  ['tab-endless-alert', 1],
  ['tab-exhaust-heap', 1],
  ['tab-exhaust-array-buffers', 1],
  ['tab-exhaust-elements', 1],
  ['tab-leak', 1],
  ['tab-swarm-of-workers', 1],
  ['tab-reload-loop', 1],
  ['plugin-kill', 6],
  ['plugin-terminate', 3],
  ['plugin-segmentation-fault', 3],
  ['plugin-abort', 3],
  ['plugin-stop', 1],
  ['plugin-endless-loop', 1],
  ['plugin-endless-loop-in-worker', 1],
  ['plugin-stack-overflow', 2],
  ['plugin-exhaust-heap', 1],
  ['plugin-exhaust-array-buffers', 1],
  ['plugin-leak', 1],
  ['plugin-swarm-of-workers', 1],
  ['plugin-message-flood', 2],
  ['plugin-malformed-message', 3],
  ['plugin-closed-port', 2],
  ['plugin-exit', 3],
  ['plugin-exception-at-start', 1],
  ['plugin-never-starts', 1],
  ['plugin-corrupt-memory', 3],
  ['plugin-truncate-segment', 2],
  ['gpu-kill', 3],
  ['gpu-crash', 2],
  ['gpu-hang', 1],
  ['network-kill', 3],
  ['shell-crash', 3],
  ['shell-hang', 1],
];

/** Longest that a fault is waited for, ms: memory has to be filled first, on a machine that is busy. */
const patienceMs = 60_000;

/** The newest notice of an end of such a process. */
const noticeOf = ({ notices }: DrillTarget, victim: VictimKind) =>
  notices.all.findLast((notice) => notice.victim === victim);

/** Causes one fault, waits for what it does, and brings the victim back. Rejects when something else happens. */
export async function takeStep(target: DrillTarget, fault: Fault, tab: Tab): Promise<void> {
  const victim = victimOf(fault);
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
  const by = expectations[fault]?.by;
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
  const expectation = expectations[fault];
  // The timer that leaks turns once a second in a page that is not shown.
  if (fault === 'tab-leak') target.strip.activate(tab);
  await cause(target, fault, tab);
  if (expectation?.by === 'end') {
    await until('its end', () => tab.ended !== null, patienceMs);
    if (!expectation.as.some((kind) => kind === tab.ended?.kind)) throw new Error(`it ended as ${tab.ended?.kind}`);
    return revive(tab);
  }
  if (fault === 'tab-stop') {
    if (pid !== null) endProcess(pid, 'SIGCONT');
  } else if (expectation?.by === 'hang' || expectation?.by === 'dialog') {
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
  } else if (expectation?.by === 'frame') {
    await until('its dead frame', () => tab.health.deadFrames.length > 0);
    // Frames of one site share a process over all tabs: it may have been ending when the frame was loaded into it.
    const again = setInterval(() => target.subframes.reload(tab), 2000);
    target.subframes.reload(tab);
    await until('its frame to come back', () => tab.health.deadFrames.length === 0).finally(() => clearInterval(again));
  } else if (expectation?.by === 'port') {
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

import { once } from 'node:events';
import type { Fault } from '@bulkhead/contracts';
import type { Browser } from '../browser.ts';
import { endProcess } from '../end-process.ts';
import { victimOf } from '../faults/catalogue.ts';
import type { Tab } from '../tab.ts';
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
  ['tab-exhaust-array-buffers', 1],
  ['plugin-kill', 6],
  ['plugin-segmentation-fault', 3],
  ['plugin-malformed-message', 3],
  ['plugin-exit', 3],
  ['plugin-corrupt-memory', 3],
  ['gpu-kill', 3],
  ['gpu-crash', 2],
  ['network-kill', 3],
  ['shell-crash', 3],
];

const patienceMs = 30_000;

/** Causes one fault, waits for what it does, and brings the victim back. Rejects when something else happens. */
export async function takeStep(browser: Browser, fault: Fault, tab: Tab): Promise<void> {
  const victim = victimOf(fault);
  if (victim === 'tab') return stepOnTab(browser, fault, tab);
  const { plugin, shell, isolation } = browser;
  if (victim === 'plugin') {
    // Its budget is a person's protection, not the run's.
    plugin.restart();
    await until('the plugin to run', () => plugin.connection !== undefined);
    // A tab that moves, so that there are frames: corrupted memory is found out when the next one comes.
    browser.strip.activate(tab);
    if (fault === 'plugin-corrupt-memory') await within('its frames', once(browser.framePath, 'statistics'));
  }
  const pid = victim === 'plugin' ? plugin.pid : victim === 'shell' ? shell.pid : null;
  const before = isolation.notices.all.findLast((notice) => notice.victim === victim)?.id;
  await cause(browser, fault);
  const newest = () => isolation.notices.all.findLast((notice) => notice.victim === victim);
  await until(`the end of the ${victim}`, () => newest()?.id !== before, patienceMs);
  await until(`the ${victim} to come back`, () => newest()?.outcome === 'back', patienceMs);
  if (victim === 'plugin')
    await until('a new plugin process', () => plugin.pid !== pid && plugin.connection !== undefined);
}

async function stepOnTab(browser: Browser, fault: Fault, tab: Tab): Promise<void> {
  const { pid, connection } = tab;
  const expectation = expectations[fault];
  await cause(browser, fault, tab);
  if (expectation?.by === 'end') {
    await until('its end', () => tab.ended !== null, patienceMs);
    if (!expectation.as.some((kind) => kind === tab.ended?.kind)) throw new Error(`it ended as ${tab.ended?.kind}`);
    return revive(tab);
  }
  if (fault === 'tab-stop') {
    if (pid !== null) endProcess(pid, 'SIGCONT');
  } else if (expectation?.by === 'hang') {
    await until('its hang', () => tab.health.hang !== null, patienceMs);
    browser.isolation.hangs.end(tab);
    await until('its end', () => tab.ended !== null);
    return revive(tab);
  } else if (expectation?.by === 'frame') {
    await until('its dead frame', () => tab.health.deadFrames.length > 0);
    // Frames of one site share a process over all tabs: it may have been ending when the frame was loaded into it.
    const again = setInterval(() => browser.isolation.frames.reload(tab), 2000);
    browser.isolation.frames.reload(tab);
    await until('its frame to come back', () => tab.health.deadFrames.length === 0).finally(() => clearInterval(again));
  } else if (expectation?.by === 'port') {
    await until('another port', () => tab.connection !== connection && tab.connection !== undefined);
  }
  await until('its answer', () => answers(tab));
  if (tab.pid !== pid) throw new Error('it did not keep its process');
}

async function cause(browser: Browser, fault: Fault, tab?: Tab): Promise<void> {
  const result = await browser.isolation.breaker.cause(fault, tab);
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

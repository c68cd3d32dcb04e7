import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, PaintedThing, ProcessEnd } from '@bulkhead/contracts';
import { endProcess } from '../processes/end-process.ts';
import type { Tab } from '../tabs/tab.ts';
import { type Course, cause, describe, enduringMs, outcomeOf, uneventfulMs } from './course.ts';
import type { DrillTarget } from './drill-target.ts';
import { whenPainted } from './painted.ts';
import { until, within } from './until.ts';

/** How often a dead frame is reloaded until it lives, ms. */
const reloadMs = 2000;

/** Causes a fault that ends the tab's process, and reloads the page. Calls `onShown` before the reload. */
export async function tabEnds(
  target: DrillTarget,
  fault: Fault,
  tab: Tab,
  as: readonly string[],
  onShown?: () => Promise<void>,
): Promise<Course> {
  const pid = pidOf(tab);
  const ended = once(tab, 'ended').then(([end]) => ({ end: end as ProcessEnd, at: performance.now() }));
  const shown = whenShown(target, 'sad-tab', tab);
  const startedAt = await cause(target, fault, tab);
  const { end, at } = await within('the browser to notice the end', ended, enduringMs);
  const shownAt = await within('the sad tab to appear', shown);
  if (!as.includes(end.kind)) throw new Error(`the process ended as ${describe(end)}, not as ${as.join(' or ')}`);
  await onShown?.();
  const recoveredMs = await recoverTab(tab);
  return {
    pid,
    noticedMs: at - startedAt,
    shownMs: shownAt && shownAt - startedAt,
    recoveredMs,
    outcome: describe(end),
  };
}

/** Causes a fault that hangs the tab. Continues a stopped process; ends a busy one and reloads its page. */
export async function tabHangs(target: DrillTarget, fault: Fault, tab: Tab, startedAt?: number): Promise<Course> {
  const pid = pidOf(tab);
  const shown = whenShown(target, 'hang', tab);
  const since = startedAt ?? (await cause(target, fault, tab));
  await until('the browser to notice the hang', () => tab.health.hang !== null);
  const noticedMs = performance.now() - since;
  const shownAt = await within('the hang to be shown', shown);
  const shownMs = shownAt && shownAt - since;
  const continuedAt = performance.now();
  if (tab.health.hang?.stopped) {
    endProcess(pid, 'SIGCONT');
    await until('the page to answer again', () => tab.health.hang === null && tab.connection?.responsive === true);
    const recoveredMs = performance.now() - continuedAt;
    return { pid, noticedMs, shownMs, recoveredMs, outcome: outcomeOf('stopped', 'then continued') };
  }
  const ended = once(tab, 'ended');
  target.hangs.end(tab);
  await within('the process to end', ended);
  await recoverTab(tab);
  return {
    pid,
    noticedMs,
    shownMs,
    recoveredMs: performance.now() - continuedAt,
    outcome: outcomeOf('unresponsive', 'then ended'),
  };
}

/** Causes a fault whose page opens a dialog, and hangs after the answer. */
export async function tabAsks(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const startedAt = await cause(target, fault, tab);
  await until('the dialog to open', () => tab.health.dialog !== null);
  const noticedMs = performance.now() - startedAt;
  // The page waits for the user, longer than the heartbeat's deadline. That is not a hang.
  await sleep(uneventfulMs * 2.5);
  if (tab.health.hang) throw new Error('a page that waits for its dialog was reported as hanging');
  const { dialog } = tab.health;
  if (!dialog) throw new Error('the dialog closed by itself');
  target.questions.answer(tab, { id: dialog.id, accepted: true, silence: true, text: '', password: '' });
  const course = await tabHangs(target, fault, tab, performance.now());
  return { ...course, noticedMs, outcome: `${outcomeOf('dialog')}, ${course.outcome}` };
}

/** Causes a fault that ends the process of a cross-site subframe, and reloads the subframe. */
export async function frameEnds(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const pid = pidOf(tab);
  const startedAt = await cause(target, fault, tab);
  await until('the browser to notice the dead frame', () => tab.health.deadFrames.length > 0);
  const noticedMs = performance.now() - startedAt;
  const reloadedAt = performance.now();
  // Subframes of one site share a process over all tabs. It may still be ending when the first reload wants it.
  const again = setInterval(() => target.subframes.reload(tab), reloadMs);
  target.subframes.reload(tab);
  await until('the dead frame to come back', () => tab.health.deadFrames.length === 0).finally(() =>
    clearInterval(again),
  );
  if (tab.pid !== pid) throw new Error('the page lost its process');
  const recoveredMs = performance.now() - reloadedAt;
  return { pid, noticedMs, shownMs: null, recoveredMs, outcome: outcomeOf('sad frame in a living page') };
}

/** Causes a fault that closes the page's port while it is in use. The page lives on and gets another port. */
export async function portCloses(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const pid = pidOf(tab);
  const before = tab.connection;
  const startedAt = await cause(target, fault, tab);
  await until('a new port', () => tab.connection !== before && tab.connection !== undefined);
  const noticedMs = performance.now() - startedAt;
  await within('an answer on the new port', tab.connection?.ask() ?? Promise.reject(new Error('the page has no port')));
  if (tab.pid !== pid) throw new Error('the page lost its process');
  return {
    pid,
    noticedMs,
    shownMs: null,
    recoveredMs: performance.now() - startedAt,
    outcome: outcomeOf('a new port'),
  };
}

/** Causes a fault that the tab survives unchanged. */
export async function tabLives(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const pid = pidOf(tab);
  await cause(target, fault, tab);
  await sleep(uneventfulMs);
  if (tab.pid !== pid || tab.ended || tab.health.hang) throw new Error('the tab did not continue as before');
  return { pid, noticedMs: null, shownMs: null, recoveredMs: null, outcome: outcomeOf('harmless') };
}

/** Reloads a broken tab. Returns the time until its page has loaded in a new process, ms. */
export async function recoverTab(tab: Tab): Promise<number> {
  const finished = once(tab.contents, 'did-finish-load');
  const startedAt = performance.now();
  tab.reload();
  await within(`tab ${tab.id} to come back`, finished);
  return performance.now() - startedAt;
}

/** As `whenPainted`; null for a hidden tab, because the shell draws the state of the active tab alone. */
const whenShown = async ({ shell, strip }: DrillTarget, what: PaintedThing, tab: Tab): Promise<number | null> =>
  tab === strip.active ? whenPainted(shell, what, pidOf(tab)) : null;

function pidOf(tab: Tab): number {
  if (tab.pid === null) throw new Error(`tab ${tab.id} has no process`);
  return tab.pid;
}

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, OutcomePart, ProcessEnd } from '@bulkhead/contracts';
import { endProcess } from '../processes/end-process.ts';
import type { Tab } from '../tabs/tab.ts';
import type { DrillTarget } from './drill-target.ts';
import { recoverTab } from './faults.ts';
import { whenPainted } from './painted.ts';
import type { Subject } from './subject.ts';
import { until, within } from './until.ts';

/** What became of one victim. Times as in `matrixCell`. */
export interface Course {
  pid: number;
  noticedMs: number | null;
  shownMs: number | null;
  recoveredMs: number | null;
  /** As in `matrixCell`. */
  outcome: string;
}

export const outcomeOf = (...parts: OutcomePart[]): string => parts.join(', ');

/** What ends a process may need memory filled up to a limit first, on a machine that is busy with it. */
const enduringMs = 60_000;
/** How long a fault that does nothing is given to do something after all, ms. */
const uneventfulMs = 1500;

export const describe = ({ kind, signal, exitCode }: ProcessEnd) =>
  [kind, signal ?? (exitCode === null ? '' : `code ${exitCode}`)].filter(Boolean).join(', ');

/** Causes a fault; when it was, performance.now(). Throws when it could not be caused. */
export async function cause(target: DrillTarget, fault: Fault, tab?: Tab): Promise<number> {
  const startedAt = performance.now();
  const result = await target.faults.cause(fault, tab);
  if (!result.ok) throw new Error(`it could not be caused: ${result.reason}`);
  return startedAt;
}

/** The tab's process ends; its page is loaded again. */
export async function tabEnds(target: DrillTarget, fault: Fault, tab: Tab, as: readonly string[]): Promise<Course> {
  const pid = pidOf(tab);
  const ended = once(tab, 'ended').then(([end]) => ({ end: end as ProcessEnd, at: performance.now() }));
  const shown = whenPainted(target.shell, 'sad-tab', pid);
  const startedAt = await cause(target, fault, tab);
  const { end, at } = await within('its end to be noticed', ended, enduringMs);
  const shownAt = await within('its sad tab', shown);
  if (!as.includes(end.kind)) throw new Error(`it ended as ${describe(end)}, not as ${as.join(' or ')}`);
  const recoveredMs = await recoverTab(tab);
  return { pid, noticedMs: at - startedAt, shownMs: shownAt - startedAt, recoveredMs, outcome: describe(end) };
}

/** The tab stops answering. A stopped process is let go on; a busy one is ended and its page loaded again. */
export async function tabHangs(target: DrillTarget, fault: Fault, tab: Tab, startedAt?: number): Promise<Course> {
  const pid = pidOf(tab);
  const shown = whenPainted(target.shell, 'hang', pid);
  const since = startedAt ?? (await cause(target, fault, tab));
  await until('its silence to be noticed', () => tab.health.hang !== null);
  const noticedMs = performance.now() - since;
  const shownMs = (await within('the mark of its hang', shown)) - since;
  const continuedAt = performance.now();
  if (tab.health.hang?.stopped) {
    endProcess(pid, 'SIGCONT');
    await until('it to answer again', () => tab.health.hang === null && tab.connection?.responsive === true);
    const recoveredMs = performance.now() - continuedAt;
    return { pid, noticedMs, shownMs, recoveredMs, outcome: outcomeOf('stopped', 'then continued') };
  }
  const ended = once(tab, 'ended');
  target.hangs.end(tab);
  await within('its end', ended);
  await recoverTab(tab);
  return {
    pid,
    noticedMs,
    shownMs,
    recoveredMs: performance.now() - continuedAt,
    outcome: outcomeOf('unresponsive', 'then ended'),
  };
}

/** The page asks a person; what it does once it is told to go on is a hang. */
export async function tabAsks(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const startedAt = await cause(target, fault, tab);
  await until('its dialog', () => tab.health.dialog !== null);
  const noticedMs = performance.now() - startedAt;
  // It waits for a person, longer than any heartbeat allows, and that is no hang.
  await sleep(uneventfulMs * 2.5);
  if (tab.health.hang) throw new Error('a page that waits for its dialog was called hanging');
  const { dialog } = tab.health;
  if (!dialog) throw new Error('its dialog went by itself');
  target.questions.answer(tab, { id: dialog.id, accepted: true, silence: true, text: '', password: '' });
  const course = await tabHangs(target, fault, tab, performance.now());
  return { ...course, noticedMs, outcome: `${outcomeOf('dialog')}, ${course.outcome}` };
}

/** A cross-site frame of the page loses its process, and gets a new one. */
export async function frameEnds(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const pid = pidOf(tab);
  const startedAt = await cause(target, fault, tab);
  await until('its dead frame to be noticed', () => tab.health.deadFrames.length > 0);
  const noticedMs = performance.now() - startedAt;
  const reloadedAt = performance.now();
  target.subframes.reload(tab);
  await until('its frame to come back', () => tab.health.deadFrames.length === 0);
  if (tab.pid !== pid) throw new Error('the page did not keep its process');
  const recoveredMs = performance.now() - reloadedAt;
  return { pid, noticedMs, shownMs: null, recoveredMs, outcome: outcomeOf('sad frame in a living page') };
}

/** The page's port closes under use; the living page gets another one. */
export async function portCloses(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const pid = pidOf(tab);
  const before = tab.connection;
  const startedAt = await cause(target, fault, tab);
  await until('its port to be replaced', () => tab.connection !== before && tab.connection !== undefined);
  const noticedMs = performance.now() - startedAt;
  await within('an answer over the new port', tab.connection?.ask() ?? Promise.reject(new Error('it has no port')));
  if (tab.pid !== pid) throw new Error('the page did not keep its process');
  return {
    pid,
    noticedMs,
    shownMs: null,
    recoveredMs: performance.now() - startedAt,
    outcome: outcomeOf('a new port'),
  };
}

/** The tab goes on. */
export async function tabLives(target: DrillTarget, fault: Fault, tab: Tab): Promise<Course> {
  const pid = pidOf(tab);
  await cause(target, fault, tab);
  await sleep(uneventfulMs);
  if (tab.pid !== pid || tab.ended || tab.health.hang) throw new Error('it did not go on as before');
  return { pid, noticedMs: null, shownMs: null, recoveredMs: null, outcome: outcomeOf('harmless') };
}

/** A whole other program ends, and nothing of it is left. It starts again later: that is nothing to measure others by. */
export async function programEnds(subject: Subject, fault: Fault, ends: NodeJS.Signals | number): Promise<Course> {
  const { pid } = subject;
  const noticedMs = await subject.breakBy(fault, ends);
  const how: OutcomePart[] = typeof ends === 'number' ? ['exited', `code ${ends}`] : ['killed', ends];
  const outcome = outcomeOf(...how, 'nothing left', 'every tab back');
  return { pid, noticedMs, shownMs: null, recoveredMs: null, outcome };
}

function pidOf(tab: Tab): number {
  if (tab.pid === null) throw new Error(`tab ${tab.id} has no process to injure`);
  return tab.pid;
}

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Notice, PaintedThing, ProcessEnd } from '@bulkhead/contracts';
import { type Course, cause, describe, outcomeOf } from './cell-flows.ts';
import type { DrillTarget } from './drill-target.ts';
import { whenPainted } from './painted.ts';
import { until, within } from './until.ts';

const enduringMs = 60_000;
const uneventfulMs = 1500;

/** Has the plugin at work, with its budget untouched: what came before was our doing. */
async function preparePlugin({ plugin, framePath }: DrillTarget): Promise<number> {
  plugin.restart();
  await until('the plugin to run', () => plugin.connection !== undefined);
  await within('the plugin to be at work', framePath.nextStatistics());
  if (plugin.pid === null) throw new Error('the plugin has no process');
  return plugin.pid;
}

/** The plugin's process ends and is started again. */
export async function pluginEnds(target: DrillTarget, fault: Fault, as: readonly string[]): Promise<Course> {
  const { plugin, framePath, shell } = target;
  const firstPid = await preparePlugin(target);
  let ended: { end: ProcessEnd; at: number; shown: Promise<number> } | undefined;
  const ends: string[] = [];
  const shown = new Map<number, Promise<number>>();
  const expectNotice = (pid: number) => shown.set(pid, whenPainted(shell, 'notice', pid));
  expectNotice(firstPid);
  // A fault of the start comes after an end that only makes room for it.
  const listener = (end: ProcessEnd) => {
    const notice = end.pid === null ? undefined : shown.get(end.pid);
    if (as.includes(end.kind) && notice) ended ??= { end, at: performance.now(), shown: notice };
    else ends.push(describe(end));
  };
  const onChange = () => {
    if (plugin.pid !== null && !shown.has(plugin.pid)) expectNotice(plugin.pid);
  };
  plugin.on('ended', listener);
  plugin.on('changed', onChange);
  try {
    const startedAt = await cause(target, fault);
    // Of a fault at its start the second end is the one that counts.
    await until('its end to be noticed', () => ended !== undefined || ends.length > 1, enduringMs);
    if (!ended) throw new Error(`it ended as ${ends.join(' and ')}`);
    const { end, at } = ended;
    const back = within('it to be at work again', framePath.nextStatistics(), enduringMs);
    const shownAt = await within('the notice of its end', ended.shown);
    await back;
    const recoveredMs = performance.now() - startedAt;
    const pid = end.pid ?? firstPid;
    return { pid, noticedMs: at - startedAt, shownMs: shownAt - startedAt, recoveredMs, outcome: describe(end) };
  } finally {
    plugin.off('ended', listener);
    plugin.off('changed', onChange);
  }
}

/** The plugin's process tries to take shared memory away, and the kernel refuses. */
export async function pluginIsRefused(target: DrillTarget, fault: Fault): Promise<Course> {
  const pid = await preparePlugin(target);
  const { plugin, framePath } = target;
  const said = new Promise<string>((resolve) => {
    plugin.on('log', function heard(line) {
      if (!line.startsWith('truncate:')) return;
      plugin.off('log', heard);
      resolve(line);
    });
  });
  const startedAt = await cause(target, fault);
  const line = await within('its attempt', said);
  if (!line.includes('refused') || line.includes('cut off')) throw new Error(line);
  const noticedMs = performance.now() - startedAt;
  await within('it to be at work', framePath.nextStatistics());
  return {
    pid,
    noticedMs,
    shownMs: null,
    recoveredMs: performance.now() - startedAt,
    outcome: outcomeOf('refused by the kernel'),
  };
}

/** The plugin goes on working. */
export async function pluginLives(target: DrillTarget, fault: Fault): Promise<Course> {
  const pid = await preparePlugin(target);
  const { plugin, framePath } = target;
  await cause(target, fault);
  await sleep(uneventfulMs);
  await within('it to go on working', framePath.nextStatistics());
  if (plugin.pid !== pid) throw new Error('it did not keep its process');
  // What it has been told to do it would do for ever.
  plugin.kill();
  await within('its end', once(plugin, 'ended'));
  return { pid, noticedMs: null, shownMs: null, recoveredMs: null, outcome: outcomeOf('harmless') };
}

/** A process of Chromium's own ends, and there is another one. */
export async function serviceEnds(target: DrillTarget, fault: Fault, victim: Notice['victim']): Promise<Course> {
  const { notices } = target;
  const newest = () => notices.all.findLast((each) => each.victim === victim);
  const before = newest()?.id;
  const painted: { pid: number | null; at: number }[] = [];
  const listener = ({ what, pid }: { what: PaintedThing; pid: number | null }) => {
    if (what === 'notice') painted.push({ pid, at: performance.now() });
  };
  target.shell.on('painted', listener);
  try {
    const startedAt = await cause(target, fault);
    await until('its end to be noticed', () => newest()?.id !== before, enduringMs);
    const noticedMs = performance.now() - startedAt;
    await until('its successor', () => newest()?.outcome === 'back');
    const recoveredMs = performance.now() - startedAt;
    const notice = newest();
    const isPainted = () => painted.find(({ pid }) => pid === notice?.pid);
    await until('its notice', () => isPainted() !== undefined);
    const shownMs = (isPainted()?.at ?? Number.NaN) - startedAt;
    return {
      pid: notice?.pid ?? 0,
      noticedMs,
      shownMs,
      recoveredMs,
      outcome: notice?.how ? outcomeOf(notice.how) : '',
    };
  } finally {
    target.shell.off('painted', listener);
  }
}

/** The interface's process ends and is loaded again. */
export async function shellEnds(target: DrillTarget, fault: Fault, as: readonly string[]): Promise<Course> {
  const { shell } = target;
  const { pid } = shell;
  if (pid === null) throw new Error('the interface has no process');
  const ended = once(shell, 'ended').then(([end]) => ({ end: end as ProcessEnd, at: performance.now() }));
  const connected = once(shell, 'connected');
  const shown = whenPainted(shell, 'notice', pid);
  const startedAt = await cause(target, fault);
  const { end, at } = await within('its end to be noticed', ended);
  if (!as.includes(end.kind)) throw new Error(`it ended as ${describe(end)}, not as ${as.join(' or ')}`);
  await within('it to come back', connected);
  const recoveredMs = performance.now() - startedAt;
  const shownAt = await within('its notice', shown);
  return { pid, noticedMs: at - startedAt, shownMs: shownAt - startedAt, recoveredMs, outcome: describe(end) };
}

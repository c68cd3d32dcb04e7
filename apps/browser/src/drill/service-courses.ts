import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Notice, PaintedThing, ProcessEnd } from '@bulkhead/contracts';
import { type Course, cause, describe, enduringMs, outcomeOf, uneventfulMs } from './course.ts';
import type { DrillTarget } from './drill-target.ts';
import { whenPainted } from './painted.ts';
import { until, within } from './until.ts';

/** Restarts the plugin, which also resets its restart budget, and waits until it works. Returns its PID. */
async function preparePlugin({ plugin, framePath }: DrillTarget): Promise<number> {
  plugin.restart();
  await until('the plugin to start', () => plugin.connection !== undefined);
  await within('the plugin to analyze a frame', framePath.nextStatistics());
  if (plugin.pid === null) throw new Error('the plugin has no process');
  return plugin.pid;
}

/** Causes a fault that ends the plugin's process. The browser starts it again. */
export async function pluginEnds(target: DrillTarget, fault: Fault, as: readonly string[]): Promise<Course> {
  const { plugin, framePath, shell } = target;
  const firstPid = await preparePlugin(target);
  let ended: { end: ProcessEnd; at: number; shown: Promise<number> } | undefined;
  const ends: string[] = [];
  const shown = new Map<number, Promise<number>>();
  const expectNotice = (pid: number) => shown.set(pid, whenPainted(shell, 'notice', pid));
  expectNotice(firstPid);
  // A start fault has two ends: the first only makes the plugin start again, the second is the fault.
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
    await until('the browser to notice the end', () => ended !== undefined || ends.length > 1, enduringMs);
    if (!ended) throw new Error(`the process ended as ${ends.join(' and ')}`);
    const { end, at } = ended;
    const back = within('the plugin to analyze frames again', framePath.nextStatistics(), enduringMs);
    const shownAt = await within('the notice to appear', ended.shown);
    await back;
    const recoveredMs = performance.now() - startedAt;
    const pid = end.pid ?? firstPid;
    return { pid, noticedMs: at - startedAt, shownMs: shownAt - startedAt, recoveredMs, outcome: describe(end) };
  } finally {
    plugin.off('ended', listener);
    plugin.off('changed', onChange);
  }
}

/** Causes a fault in which the plugin's process tries to truncate shared memory, and the kernel refuses. */
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
  const line = await within('the attempt to truncate the memory', said);
  if (!line.includes('refused') || line.includes('cut off')) throw new Error(line);
  const noticedMs = performance.now() - startedAt;
  await within('the plugin to analyze a frame', framePath.nextStatistics());
  return {
    pid,
    noticedMs,
    shownMs: null,
    recoveredMs: performance.now() - startedAt,
    outcome: outcomeOf('refused by the kernel'),
  };
}

/** Causes a fault that the plugin survives: it continues its work. */
export async function pluginLives(target: DrillTarget, fault: Fault): Promise<Course> {
  const pid = await preparePlugin(target);
  const { plugin, framePath } = target;
  await cause(target, fault);
  await sleep(uneventfulMs);
  await within('the plugin to analyze frames again', framePath.nextStatistics());
  if (plugin.pid !== pid) throw new Error('the plugin lost its process');
  // The endless loop in its worker would not stop.
  plugin.kill();
  await within('the process to end', once(plugin, 'ended'));
  await until('the plugin to start', () => plugin.connection !== undefined);
  return { pid, noticedMs: null, shownMs: null, recoveredMs: null, outcome: outcomeOf('harmless') };
}

/** Causes a fault that ends one of Chromium's own processes. Chromium starts another one. */
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
    await until('the browser to notice the end', () => newest()?.id !== before, enduringMs);
    const noticedMs = performance.now() - startedAt;
    await until('a new process', () => newest()?.outcome === 'back');
    const recoveredMs = performance.now() - startedAt;
    const notice = newest();
    const isPainted = () => painted.find(({ pid }) => pid === notice?.pid);
    await until('the notice to appear', () => isPainted() !== undefined);
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

/** Causes a fault that ends the shell's process. The browser loads the shell again. */
export async function shellEnds(target: DrillTarget, fault: Fault, as: readonly string[]): Promise<Course> {
  const { shell } = target;
  const { pid } = shell;
  if (pid === null) throw new Error('the interface has no process');
  const ended = once(shell, 'ended').then(([end]) => ({ end: end as ProcessEnd, at: performance.now() }));
  const connected = once(shell, 'connected');
  const shown = whenPainted(shell, 'notice', pid);
  const startedAt = await cause(target, fault);
  const { end, at } = await within('the browser to notice the end', ended);
  if (!as.includes(end.kind)) throw new Error(`the process ended as ${describe(end)}, not as ${as.join(' or ')}`);
  await within('the interface to come back', connected);
  const recoveredMs = performance.now() - startedAt;
  const shownAt = await within('the notice to appear', shown);
  return { pid, noticedMs: at - startedAt, shownMs: shownAt - startedAt, recoveredMs, outcome: describe(end) };
}

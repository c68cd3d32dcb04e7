import { readSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { openEvent, waitForAny } from '@bulkhead/shared-memory/confinement';
import { endProcess } from '../processes/end-process.ts';
import type { HelperData } from '../processes/helper-thread.ts';
import { readNow, statOf } from '../processes/proc.ts';
import { ThreadEnd } from '../processes/thread-end.ts';
import { GpuHang } from './gpu-hang.ts';
import type { GuardData } from './guard-thread.ts';
import { endedChildren, findGuarded, isBroker, isFiltered, victimOf } from './guarded-processes.ts';
import { ListenedProcess } from './listened-process.ts';
import { cell, type Guarded, tellContinued } from './process-guard-cells.ts';
import { refusedCounts } from './refused-counts.ts';
import { Standstill } from './standstill.ts';
import { StoppedProcesses } from './stopped-processes.ts';

// The guard: a thread that GuardThread starts. It asks the browser's own thread for nothing, because that thread may be
// blocked on a stopped process, or busy with messages of a page.

/**
 * Time between samples, ms. It is shorter during the start, and when a second sample decides, because a stopped process
 * must continue before the user notices.
 */
const lookMs = 1000;
const startLookMs = 300;
const secondLookMs = 200;
/** Time for a broker to get its command line, ms. */
const brokerMs = 500;
/** Number of samples after which the process list is renewed even if nothing in it has changed. */
const looksPerList = 20;

const { data, end: endBuffer } = workerData as HelperData<GuardData>;
const end = new ThreadEnd(endBuffer);
const cells = new Int32Array(data.processes);
const hang = new GpuHang();
const stopped = new StoppedProcesses();
const standstill = new Standstill();
let lookedAt = performance.now();
let listed = new Map<number, Guarded>();
/**
 * Zygotes that are children of the browser. The others were forked by these, or are renderers that still have a
 * zygote's command line.
 */
let zygotes: number[] = [];
/** Brokers of network services, each with its service. Neither works without the other. */
const brokers = new Map<number, number>();
/** Network services without a known broker, and since when. */
let alone = new Map<number, number>();
/** Start time of this thread, clock ticks since boot. */
const begun = statOf('thread-self')?.startTicks ?? 0;
/** Children older than this thread that had ended or were ending at the first sample. A zygote may be among them. */
let endedBefore: number[] = [];
let looks = 0;
/** /proc/PID/stat of each process that was read for this sample. */
const stats = new Map<number, ReturnType<typeof statOf>>();

const places = refusedCounts(data.refused).map((counts) => ({
  counts,
  listened: undefined as ListenedProcess | undefined,
}));

let event = -1;

/** Sleeps until the browser calls, a process with a listener makes a refused call, or the time is over. */
function sleep(calls: number, ms: number): void {
  const listeners = places.flatMap(({ counts: { listener } }) => listener ?? []);
  if (listeners.length === 0) {
    Atomics.wait(cells, cell.calls, calls, Math.max(0, ms));
    return;
  }
  if (event < 0) {
    event = openEvent();
    Atomics.store(cells, cell.event, event + 1);
  }
  // A caller before this point did not know the event.
  if (Atomics.load(cells, cell.calls) !== calls) return;
  const [isCalled] = waitForAny([event, ...listeners], Math.max(0, ms));
  if (isCalled) readSync(event, new Uint8Array(8));
}

function nextLookMs(): number {
  if (stopped.any) return secondLookMs;
  return alone.size > 0 || Atomics.load(cells, cell.shellRuns) === 0 ? startLookMs : lookMs;
}

function look(now: number): void {
  stats.clear();
  lookAtBrowser(now);
  const goneZygote = zygotes.find(hasEnded) ?? (looks === 1 ? endedBefore.find(isStillThere) : undefined);
  if (goneZygote !== undefined) Atomics.compareExchange(cells, cell.goneZygote, 0, goneZygote);
  for (const [broker, service] of brokers) lookAtPair(broker, service);
  const kinds = new Set(listed.values());
  const isComplete =
    [...listed.keys()].every(isAlive) && kinds.has('gpu') && kinds.has('network') && withoutBroker().length === 0;
  // Electron does not report yet which process the shell will have, so every renderer is watched.
  const shellRuns = Atomics.load(cells, cell.shellRuns) === 1;
  let renderers: number[] = [];
  if (!isComplete || !shellRuns || looks % looksPerList === 0) {
    const found = [...findGuarded(process.pid)];
    listed = new Map(found.flatMap(([pid, kind]) => (kind === 'renderer' ? [] : [[pid, kind]])));
    if (!shellRuns) renderers = found.flatMap(([pid, kind]) => (kind === 'renderer' ? pid : []));
    zygotes = [...listed.keys()].filter(
      (pid) => listed.get(pid) === 'zygote' && statNow(pid)?.parentPid === process.pid,
    );
    for (const [pid, victim] of listed) {
      if (victim === 'network' && isBroker(pid)) brokers.set(pid, statNow(pid)?.parentPid ?? 0);
    }
  }
  if (looks === 0) endedBefore = endedChildren(process.pid, begun);
  looks += 1;
  lookAtLonely(now);
  const guarded = new Map(listed);
  for (const victim of ['shell', 'watchdog'] as const) {
    const pid = Atomics.load(cells, cell[victim]);
    if (pid > 0) guarded.set(pid, victim);
  }
  for (const pid of renderers) guarded.delete(pid);
  stopped.keepOnly(new Set([...guarded.keys(), ...renderers]));
  for (const [pid, victim] of guarded) lookAtStopped(pid, victim, now);
  for (const pid of renderers) lookAtStopped(pid, 'renderer', now);
  lookAtGpu([...listed].find(([, victim]) => victim === 'gpu')?.[0] ?? 0, now);
}

function lookAtRefused(place: (typeof places)[number]): void {
  const { listener } = place.counts;
  if (listener === undefined) return;
  place.listened ??= new ListenedProcess(listener, place.counts);
  if (!place.listened.look()) place.listened = undefined;
}

/**
 * Ends both processes of a pair when one has ended. A service without its broker can open no files and reports nothing,
 * and is restarted after its end. A broker without its service ends by itself, unless it is stopped.
 */
function lookAtPair(broker: number, service: number): void {
  if (!hasEnded(broker) && !hasEnded(service)) return;
  brokers.delete(broker);
  for (const pid of [broker, service]) if (victimOf(pid) === 'network') endProcess(pid, 'SIGKILL');
}

/** Returns the sandboxed network services whose broker is not known. They do not work without one. */
function withoutBroker(): number[] {
  const known = new Set([...brokers.keys(), ...brokers.values()]);
  return [...listed].flatMap(([pid, victim]) =>
    victim === 'network' && !known.has(pid) && isFiltered(pid) ? [pid] : [],
  );
}

/**
 * Ends a network service whose broker ended before it was known. Waits before that, because a broker that was just
 * forked does not have its command line yet.
 */
function lookAtLonely(now: number): void {
  alone = new Map(withoutBroker().map((pid) => [pid, alone.get(pid) ?? now]));
  for (const [pid, since] of alone) {
    if (now - since > brokerMs && victimOf(pid) === 'network') endProcess(pid, 'SIGKILL');
  }
}

/** Reads the file once for each sample. */
function statNow(pid: number): ReturnType<typeof statOf> {
  const stat = stats.has(pid) ? stats.get(pid) : statOf(pid);
  stats.set(pid, stat);
  return stat;
}

/** Reliable also while no descriptor is left to read /proc. */
function hasEnded(pid: number): boolean {
  const { state } = statNow(pid) ?? {};
  return state === undefined ? !endProcess(pid, 0) : state === 'Z';
}

/** Electron collects the exit status of every child but a zygote. After that the child no longer exists. */
const isStillThere = (pid: number) => statNow(pid)?.parentPid === process.pid;

function isAlive(pid: number): boolean {
  const { state } = statNow(pid) ?? {};
  return state !== undefined && state !== 'Z';
}

/** `renderer`: the process of the shell or of a page. It is not known yet which, and the window needs the shell. */
function lookAtStopped(pid: number, victim: Guarded | 'renderer', now: number): void {
  const { state } = statNow(pid) ?? {};
  const remedy = state && stopped.look({ pid, victim, state }, now);
  if (!remedy) return;
  if (listed.has(pid) && victimOf(pid) !== victim) {
    listed.delete(pid);
    return;
  }
  if (remedy.do === 'continue') {
    endProcess(pid, 'SIGCONT');
    tellContinued(cells, { victim: victim === 'renderer' ? 'shell' : victim, pid, stoppedMs: remedy.stoppedMs });
  } else {
    // Stored first, so that the browser knows the reason when Electron reports the end.
    if (victim === 'gpu') Atomics.store(cells, cell.hung, pid);
    endProcess(pid, 'SIGKILL');
  }
}

/** Reports when the browser's own thread stands still. That thread cannot report it itself. */
function lookAtBrowser(now: number): void {
  // If all of Bulkhead is stopped, this thread is stopped, too, and counts at most one period.
  const news = standstill.look(Atomics.load(cells, cell.beats), Math.min(now - lookedAt, lookMs));
  lookedAt = now;
  if (news?.is === 'over') Atomics.store(cells, cell.stoodStillMs, Math.round(news.forMs));
  if (news?.is === 'standing') {
    const doing = readNow(process.pid, `task/${process.pid}/wchan`) || '0';
    const where = doing === '0' ? 'is at work' : `waits in the kernel (${doing})`;
    sayAtOnce(
      `bulkhead: the browser's own thread has not answered for ${Math.round(news.forMs / 1000)} s: it ${where}`,
    );
  }
}

/** Writes to the standard error directly, because `console` of this thread needs the browser's own thread. */
function sayAtOnce(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {} // it has no reader any more
}

function lookAtGpu(pid: number, now: number): void {
  Atomics.store(cells, cell.gpu, pid);
  const look = pid === 0 ? undefined : statNow(pid);
  if (!look || look.state === 'Z') return;
  const hasHung = hang.look(look, now, Atomics.load(cells, cell.answers));
  Atomics.store(cells, cell.busy, hang.busy ? 1 : 0);
  if (!hasHung) return;
  Atomics.store(cells, cell.hung, pid);
  endProcess(pid, 'SIGKILL');
}

for (let dueAt = 0; ; ) {
  const calls = Atomics.load(cells, cell.calls);
  if (end.isAsked) break;
  for (const place of places) lookAtRefused(place);
  const now = performance.now();
  if (now >= dueAt) {
    look(now);
    dueAt = now + nextLookMs();
  }
  sleep(calls, dueAt - performance.now());
}
end.tell();

import { writeSync } from 'node:fs';
import type { Notice } from '@bulkhead/contracts';

/** 32-bit words shared by the browser's thread and the guard's thread. */
export const cell = {
  /** PID of the GPU process, or 0. Written by the guard. */
  gpu: 0,
  /** Number of requests that the GPU process has answered. Written by the browser. */
  answers: 1,
  /** 1 while the GPU process keeps a core busy, and should be asked. Written by the guard. */
  busy: 2,
  /** PID of the process that was ended because it hung, until the browser has read it (0). */
  hung: 3,
  /** PIDs of the shell's process and the watchdog, or 0. Written by the browser. */
  shell: 4,
  watchdog: 5,
  /** 1 while the shell runs: only then is its PID certain. Written by the browser. */
  shellRuns: 7,
  /** PID of a zygote that has ended, or 0. Written by the guard, reset by the browser. */
  goneZygote: 6,
  /** Number of calls to the guard outside its samples. The guard sleeps on this word. Written by the browser. */
  calls: 8,
  /**
   * Descriptor plus one of the event that also wakes the guard while it waits for refused calls, or 0. Written by the
   * guard.
   */
  event: 9,
  /** Counts the seconds in which the browser's own thread ran. 0 before its start. Written by the browser. */
  beats: 10,
  /** Time that this thread has stood still, ms, until it has read it (0). Written by the guard. */
  stoodStillMs: 11,
  /** First of two words for each kind in `guardedKinds`. Written by the guard. */
  continued: 12,
} as const;

/** Processes whose stop would block the whole window. */
export const guardedKinds = ['gpu', 'network', 'zygote', 'shell', 'watchdog'] as const satisfies Notice['victim'][];
export type Guarded = (typeof guardedKinds)[number];

export const cellCount = cell.continued + 2 * guardedKinds.length;

/** Wakes the guard to look at something new. Called by the browser. */
export function callGuard(cells: Int32Array): void {
  Atomics.add(cells, cell.calls, 1);
  Atomics.notify(cells, cell.calls);
  const event = Atomics.load(cells, cell.event);
  if (event === 0) return;
  try {
    writeSync(event - 1, new BigUint64Array([1n]));
  } catch {
    // The event's counter is at its maximum, so the guard is awake.
  }
}

/** The guard has continued a process that was stopped (SIGSTOP) for this time, ms. */
export interface Continued {
  victim: Guarded;
  pid: number;
  stoppedMs: number;
}

/** Called by the guard's thread. Of two of a kind, only the later is reported. */
export function tellContinued(cells: Int32Array, { victim, pid, stoppedMs }: Continued): void {
  const at = cell.continued + 2 * guardedKinds.indexOf(victim);
  Atomics.store(cells, at + 1, Math.round(stoppedMs));
  Atomics.store(cells, at, pid);
}

/** Called by the browser's thread. Each is reported once. */
export function takeContinued(cells: Int32Array): Continued[] {
  return guardedKinds.flatMap((victim, index) => {
    const at = cell.continued + 2 * index;
    const pid = Atomics.exchange(cells, at, 0);
    return pid === 0 ? [] : [{ victim, pid, stoppedMs: Atomics.load(cells, at + 1) }];
  });
}

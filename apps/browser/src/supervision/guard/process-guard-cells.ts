import { writeSync } from 'node:fs';
import type { Notice } from '@bulkhead/contracts';

/** 32-bit words that the browser's thread and the process guard's share. */
export const cell = {
  /** The GPU process; 0 while there is none. Written by the guard. */
  gpu: 0,
  /** Counts the times that the GPU process was asked for something and answered. Written by the browser. */
  answers: 1,
  /** 1 while the GPU process keeps a core busy, and should be asked. Written by the guard. */
  busy: 2,
  /** PID of the one that was ended because it hung, until the browser has taken note (0). */
  hung: 3,
  /** The interface's process and the watchdog; 0 while there is none. Written by the browser. */
  shell: 4,
  watchdog: 5,
  /** 1 while the interface runs: only then is its process known for certain. Written by the browser. */
  shellRuns: 7,
  /** A zygote that has ended; 0 while all are there. Written by the guard, until the browser has taken note. */
  goneZygote: 6,
  /** Counts what the guard is told of outside its looks. It sleeps on this word. Written by the browser. */
  calls: 8,
  /** Descriptor (plus one) of the event that wakes the guard where it waits for calls, too; 0: none. Written by the guard. */
  event: 9,
  /** Counts the seconds in which the browser's own thread has run; 0 before it begins to. Written by the browser. */
  beats: 10,
  /** How long that thread has stood still, ms, until it has taken note itself (0). Written by the guard. */
  stoodStillMs: 11,
  /** The first of two words for each kind in `guardedKinds`. Written by the guard. */
  continued: 12,
} as const;

/** Processes whose stop would hold up the whole window. */
export const guardedKinds = ['gpu', 'network', 'zygote', 'shell', 'watchdog'] as const satisfies Notice['victim'][];
export type Guarded = (typeof guardedKinds)[number];

export const cellCount = cell.continued + 2 * guardedKinds.length;

/** Tells the guard that something is new, and wakes it. Called by the browser. */
export function callGuard(cells: Int32Array): void {
  Atomics.add(cells, cell.calls, 1);
  Atomics.notify(cells, cell.calls);
  const event = Atomics.load(cells, cell.event);
  if (event === 0) return;
  try {
    writeSync(event - 1, new BigUint64Array([1n]));
  } catch {
    // It was told so often already that no more can be counted, and is awake.
  }
}

/** The guard has let a process go on that was stopped (SIGSTOP) for so long, ms. */
export interface Continued {
  victim: Guarded;
  pid: number;
  stoppedMs: number;
}

/** Written by the guard, on its own thread. Of two of a kind the later is told. */
export function tellContinued(cells: Int32Array, { victim, pid, stoppedMs }: Continued): void {
  const at = cell.continued + 2 * guardedKinds.indexOf(victim);
  Atomics.store(cells, at + 1, Math.round(stoppedMs));
  Atomics.store(cells, at, pid);
}

/** Read by the browser's thread; each is told once. */
export function takeContinued(cells: Int32Array): Continued[] {
  return guardedKinds.flatMap((victim, index) => {
    const at = cell.continued + 2 * index;
    const pid = Atomics.exchange(cells, at, 0);
    return pid === 0 ? [] : [{ victim, pid, stoppedMs: Atomics.load(cells, at + 1) }];
  });
}

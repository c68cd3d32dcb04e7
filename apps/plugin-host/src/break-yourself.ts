import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { RunningFault } from '@bulkhead/contracts';
import { type Arena, stateWord } from '@bulkhead/shared-memory';
import type { RegionDescriptor } from '@bulkhead/shared-memory/descriptors';

/** Parts of the process that a fault needs. */
export interface Breakable {
  port: Electron.MessagePortMain;
  arena: Arena | undefined;
  /** The watched buffer's control words. */
  control: RegionDescriptor | undefined;
}

/** Messages in one flood: more than a plugin may send in one second. */
const flood = 200_000;

/** Keeps allocated memory referenced, so that it is never freed. */
const kept: unknown[] = [];
const block = () => new Uint8Array(16 * 1024 * 1024).fill(1);

const busyWorker = 'for (;;);';
/** Each worker starts two more, like a fork bomb. */
const swarm = `const { Worker, workerData } = require('node:worker_threads');
  for (let count = 0; count < 2; count++) new Worker(workerData, { eval: true, workerData });
  globalThis.kept = new Uint8Array(1 << 20).fill(1);`;

const faults: Record<RunningFault, (victim: Breakable) => void> = {
  'segmentation-fault': () => process.crash(),
  'endless-loop': () => {
    for (;;);
  },
  'endless-loop-in-worker': () => kept.push(new Worker(busyWorker, { eval: true })),
  'stack-overflow': () => {
    const deeper = (depth: number): number => deeper(depth + 1) + 1;
    deeper(0);
  },
  'exhaust-heap': () => {
    for (;;) kept.push(new Array(500_000).fill(1.5));
  },
  'exhaust-array-buffers': () => {
    for (;;) kept.push(block());
  },
  leak: () => setInterval(() => kept.push(block()), 50),
  'swarm-of-workers': () => kept.push(new Worker(swarm, { eval: true, workerData: swarm })),
  'message-flood': ({ port }) => {
    for (let count = 0; count < flood; count++) port.postMessage([]);
  },
  'malformed-message': ({ port }) => port.postMessage({ no: 'frame' }),
  'closed-port': ({ port }) => port.close(),
  exit: () => process.exit(7),
  'corrupt-memory': ({ arena, control }) => {
    // Both sides exchange this word. No correct peer ever writes this value into it.
    if (arena && control) Atomics.store(arena.region(control).words(), stateWord, 0xffff_ffff);
  },
};

/** Breaks this process at the browser's request, as a bug or an attacker in it could. */
export function breakYourself(fault: RunningFault, victim: Breakable): void {
  faults[fault](victim);
}

/**
 * Tries to truncate the shared memory while this process can still open files. The browser's next access would then
 * crash it. Returns the outcome in words.
 */
export function truncate(pid: number, descriptor: number): string {
  try {
    const file = openSync(`/proc/${pid}/fd/${descriptor}`, 'r+');
    try {
      ftruncateSync(file, 0);
      return 'it was cut off';
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return `the kernel refused: ${error instanceof Error && 'code' in error ? error.code : error}`;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseStat } from '../processes/proc.ts';
import { PageThrottle } from './page-throttle.ts';

let child: ChildProcess;
beforeEach(async () => {
  child = spawn('sleep', ['600']);
  await once(child, 'spawn');
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  child.kill('SIGKILL');
  await once(child, 'exit');
});

function throttled() {
  const pid = child.pid ?? 0;
  const marks: boolean[] = [];
  const throttle = new PageThrottle({ pid, isDebugged: false }, (isMarked) => marks.push(isMarked));
  const isStopped = () => parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).state === 'T';
  const becomes = (stopped: boolean) => vi.waitFor(() => expect(isStopped()).toBe(stopped));
  return { throttle, marks, becomes };
}

test('a page for which the browser grows by hundreds of megabytes at once goes on within half a minute', async () => {
  const { throttle, marks, becomes } = throttled();
  throttle.chargeGrowth(500);
  await becomes(true);
  expect(throttle.isSlowed).toBe(true);
  vi.advanceTimersByTime(20_000);
  await becomes(true);
  expect(throttle.isSlowed).toBe(true);
  // The user is told although the stopped page causes no event any more.
  expect(marks).toEqual([true]);
  vi.advanceTimersByTime(15_000);
  await becomes(false);
  vi.advanceTimersByTime(15_000);
  expect(marks).toEqual([true, false]);
  expect(throttle.isSlowed).toBe(false);
});

test('the user who waits lets the page go on at once, and for a minute nothing is charged', async () => {
  const { throttle, marks, becomes } = throttled();
  throttle.chargeGrowth(500);
  vi.advanceTimersByTime(4000);
  expect(marks).toEqual([true]);
  await becomes(true);
  throttle.wait();
  await becomes(false);
  throttle.chargeGrowth(500);
  await becomes(false);
  expect(marks).toEqual([true, false]);
});

test('a page is held as long as there is any reason, and no longer', async () => {
  const { throttle, becomes } = throttled();
  throttle.holdForStrain();
  throttle.chargeGrowth(500);
  throttle.endStrain();
  await becomes(true);
  vi.advanceTimersByTime(60_000);
  await becomes(false);
  throttle.holdForStrain();
  await becomes(true);
  throttle.endStrain();
  await becomes(false);
});

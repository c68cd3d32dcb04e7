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
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
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
  const becomes = async (stopped: boolean) => {
    while (isStopped() !== stopped) await new Promise(setImmediate);
  };
  /** The browser grows while the page is busy, and the page is held for exactly so long, ms. */
  const pauseForGrowth = async (ms: number) => {
    throttle.chargeGrowth(500);
    vi.advanceTimersByTime(ms - 1);
    await becomes(true);
    vi.advanceTimersByTime(1);
    await becomes(false);
  };
  return { throttle, marks, becomes, pauseForGrowth };
}

test('a page for which the browser grows is held for moments, which last longer while it goes on, and the user is told', async () => {
  const { throttle, marks, pauseForGrowth } = throttled();
  for (const ms of [250, 500, 1000, 2000, 4000, 8000, 8000]) await pauseForGrowth(ms);
  expect(marks).toEqual([true]);
  vi.advanceTimersByTime(15_000);
  expect(marks).toEqual([true, false]);
  expect(throttle.isSlowed).toBe(false);
  await pauseForGrowth(250);
});

test('the user who waits lets the page go on at once, and for a minute nothing is charged', async () => {
  const { throttle, marks, becomes, pauseForGrowth } = throttled();
  for (const ms of [250, 500, 1000, 2000]) await pauseForGrowth(ms);
  expect(marks).toEqual([true]);
  throttle.chargeGrowth(500);
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

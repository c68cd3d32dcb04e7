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
  const pauseForGrowth = async (ms: number, mib = 1) => {
    throttle.chargeGrowth(mib);
    vi.advanceTimersByTime(ms - 1);
    await becomes(true);
    vi.advanceTimersByTime(1);
    await becomes(false);
  };
  return { throttle, marks, becomes, pauseForGrowth };
}

test('a page for which the browser grows is held for moments, which last longer while it goes on, and the user is told', async () => {
  const { throttle, marks, pauseForGrowth } = throttled();
  throttle.chargeGrowth(7.5);
  expect(throttle.isSlowed).toBe(false);
  for (const ms of [500, 1000, 2000]) await pauseForGrowth(ms);
  await pauseForGrowth(8000, 32);
  for (const ms of [8000, 16_000, 16_000]) await pauseForGrowth(ms, 20);
  expect(marks).toEqual([true]);
  vi.advanceTimersByTime(15_000);
  expect(marks).toEqual([true, false]);
  expect(throttle.isSlowed).toBe(false);
  await pauseForGrowth(500, 2);
});

test('a page that makes the browser late for seconds is held for longer than that, and one that does so for a moment is not', async () => {
  const { throttle, marks, becomes } = throttled();
  for (let moment = 0; moment < 4; moment++) throttle.chargeLateness(0.4);
  expect(throttle.isSlowed).toBe(false);
  throttle.chargeLateness(20);
  await becomes(true);
  vi.advanceTimersByTime(15_000);
  await becomes(true);
  expect(marks).toEqual([true]);
  vi.advanceTimersByTime(15_000);
  await becomes(false);
});

test('the user who waits lets the page go on at once, and for a minute nothing is charged', async () => {
  const { throttle, marks, becomes, pauseForGrowth } = throttled();
  throttle.chargeGrowth(7.5);
  for (const ms of [500, 1000, 2000, 4000]) await pauseForGrowth(ms);
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

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
  return { throttle, marks, becomes };
}

test('a page that makes the browser grow by hundreds of megabytes continues within seconds, and waits longer the next time', async () => {
  const { throttle, marks, becomes } = throttled();
  throttle.chargeGrowth(31.5);
  expect(throttle.isSlowed).toBe(false);
  throttle.chargeGrowth(500);
  vi.advanceTimersByTime(3500);
  await becomes(true);
  // The user is told even though the stopped page causes no events any more.
  expect(marks).toEqual([true]);
  vi.advanceTimersByTime(2000);
  await becomes(false);
  throttle.chargeGrowth(500);
  vi.advanceTimersByTime(75_000);
  await becomes(true);
  vi.advanceTimersByTime(10_000);
  await becomes(false);
  vi.advanceTimersByTime(15_000);
  expect(marks).toEqual([true, false]);
  expect(throttle.isSlowed).toBe(false);
});

test('a page that makes the browser grow slightly too much is held briefly, and the user is not told', async () => {
  const { throttle, marks, becomes } = throttled();
  throttle.chargeGrowth(32.2);
  await becomes(true);
  vi.advanceTimersByTime(2900);
  await becomes(false);
  expect(marks).toEqual([]);
});

test('a page that makes the browser late for seconds is held longer than that, and one that does so for a moment is not', async () => {
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

test('the user who waits lets the page continue at once, and for a minute nothing is charged', async () => {
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

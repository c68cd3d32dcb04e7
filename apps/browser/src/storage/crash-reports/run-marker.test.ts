import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { ProfileTroubles } from '../files/profile-troubles.ts';
import { messageOf, RunMarker, runMarkerName } from './run-marker.ts';

const versions = { bulkhead: '1', electron: '33', chromium: '130', node: '20' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = () => new RunMarker(path.join(folder, 'profile'), versions, new ProfileTroubles());

test('a run that ended cleanly is not reported, and leaves no file', () => {
  const run = start();
  expect(run.begin()).toBeUndefined();
  run.end();
  expect(readdirSync(path.join(folder, 'profile'))).toEqual([]);
  expect(start().begin()).toBeUndefined();
});

test('the next run reports a run that stopped without a note, once', () => {
  start().begin();
  const next = start();
  expect(next.begin()).toMatchObject({ victim: 'browser', reason: 'unknown', pid: process.pid, versions });
  next.end();
  expect(start().begin()).toBeUndefined();
});

test('the lifetime is known, however short, when the watchdog has set the time of the end', () => {
  const before = Date.now();
  const run = start();
  run.begin();
  expect(start().begin()).toMatchObject({ livedMs: null });
  const end = new Date(Date.now() + 60);
  utimesSync(path.join(folder, 'profile', runMarkerName), end, end);
  const { livedMs } = start().begin() ?? {};
  expect(livedMs).toBeGreaterThan(50);
  expect(livedMs).toBeLessThanOrEqual(end.getTime() - before);
});

test('a noted end is reported, however the run went on to end', () => {
  const run = start();
  run.begin();
  run.note({ victim: 'browser', reason: 'uncaught-exception', pid: 7, message: 'Error: no' });
  run.note({ victim: 'zygote', reason: 'killed', pid: 8, message: null });
  run.end();
  expect(start().begin()).toMatchObject({ victim: 'browser', reason: 'uncaught-exception', message: 'Error: no' });
});

test('an unreadable marker still shows that the run ended uncleanly', () => {
  start().begin();
  writeFileSync(path.join(folder, 'profile', runMarkerName), '{"pid":');
  expect(start().begin()).toMatchObject({ victim: 'browser', reason: 'unknown', pid: null });
});

test.each([
  [new TypeError("cannot load 'https://a.example/b?c=d' now"), "TypeError: cannot load '…' now"],
  [new Error('ENOENT: no such file, open /home/ada/letter.html'), 'Error: ENOENT: no such file, open …'],
  [new Error('data:text/html,secret and bulkhead://history/?q=x'), 'Error: … and …'],
  ['thrown', 'thrown'],
])('the message of %s has no address', (error, message) => {
  expect(messageOf(error)).toBe(message);
});

test('a marker that cannot be removed does not stop the shutdown', () => {
  const run = start();
  run.begin();
  const file = path.join(folder, 'profile', runMarkerName);
  rmSync(file);
  mkdirSync(file);
  expect(() => run.end()).not.toThrow();
});

/** Starts a run that is killed: early, while it restores, or after it has settled. */
function killedRun(when: 'early' | 'restoring' | 'settled'): RunMarker {
  const run = start();
  run.begin();
  if (when !== 'early') run.beginRestoring();
  if (when === 'settled') {
    run.endRestoring();
    vi.advanceTimersByTime(30_000);
  }
  return run;
}

test.each([
  ['the first run', [], null],
  ['one early end', ['early'], null],
  ['two early ends', ['early', 'early'], 'ended-early'],
  ['a long run between two early ends', ['early', 'settled', 'early'], null],
  ['two early ends, and a long run', ['early', 'early', 'settled'], null],
  ['an end during restoring', ['settled', 'restoring'], 'ended-restoring'],
  ['an early end of the run that held them', ['restoring', 'early'], 'ended-early'],
] as const)('after %s, the tabs are held because: %s', (_what, ends, holds) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  for (const when of ends) killedRun(when);
  const run = start();
  run.begin();
  expect(run.holds).toBe(holds);
});

test('a clean end resets the count of early ends', () => {
  killedRun('early');
  killedRun('early').end();
  killedRun('early');
  const run = start();
  run.begin();
  expect(run.holds).toBeNull();
});

test('an end dated in the future, because the clock was put back, counts as now', () => {
  start().begin();
  const later = new Date(Date.now() + 86_400_000);
  utimesSync(path.join(folder, 'profile', runMarkerName), later, later);
  expect(start().begin()?.at).toBeLessThanOrEqual(Date.now());
});

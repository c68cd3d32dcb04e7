import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

let sent: number[];
let changes: boolean[];
let heartbeat: Heartbeat;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  changes = [];
  heartbeat = new Heartbeat(
    { intervalMs: 100, deadlineMs: 300 },
    (sequence) => sent.push(sequence),
    (responsive) => changes.push(responsive),
  );
  heartbeat.start();
});

afterEach(() => {
  heartbeat.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Lets so many ms pass and answers every ping at once. */
function answeredFor(ms: number): void {
  for (let waited = 0; waited < ms; waited += 100) {
    vi.advanceTimersByTime(100);
    heartbeat.answered(sent.at(-1) ?? 0);
  }
}

describe('Heartbeat', () => {
  it('pings once an interval, and stays responsive while pings are answered', () => {
    const watch = heartbeat.watch();
    answeredFor(1000);
    expect(watch.counts()).toMatchObject({ sent: 10, answered: 10, lost: 0, longestGapMs: 100 });
    expect(changes).toEqual([]);
  });

  it('calls a peer unresponsive after its deadline, and responsive again at its first answer', () => {
    vi.advanceTimersByTime(200);
    expect(changes).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(changes).toEqual([false]);
    expect(heartbeat.responsive).toBe(false);
    heartbeat.answered(1);
    expect(changes).toEqual([false, true]);
  });

  it('bounds the number of pings to a peer that does not answer', () => {
    vi.advanceTimersByTime(60_000);
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  it('counts lost beats and the current gap', () => {
    const watch = heartbeat.watch();
    vi.advanceTimersByTime(2000);
    expect(watch.counts()).toMatchObject({ answered: 0, lost: 3, longestGapMs: 2000 });
    heartbeat.answered(sent.at(-1) ?? 0);
    expect(watch.counts()).toMatchObject({ answered: 1, longestGapMs: 2000 });
    watch.stop();
    vi.advanceTimersByTime(5000);
    expect(watch.counts().longestGapMs).toBe(2000);
  });

  it('does not count its own pauses against the peer', () => {
    answeredFor(300);
    // This side sleeps for ten seconds: the clock advances, timers do not fire.
    vi.setSystemTime(Date.now() + 10_000);
    const now = performance.now() + 10_000;
    const asleep = vi.spyOn(performance, 'now').mockImplementation(() => now);
    vi.advanceTimersByTime(100);
    expect(changes).toEqual([]);
    heartbeat.answered(sent.at(-2) ?? 0);
    asleep.mockRestore();
    expect(changes).toEqual([]);
  });

  it('ignores answers without a ping', () => {
    vi.advanceTimersByTime(300);
    heartbeat.answered(99);
    heartbeat.answered(Number.NaN);
    expect(changes).toEqual([false]);
    heartbeat.answered(1);
    heartbeat.answered(1);
    expect(changes).toEqual([false, true]);
  });

  it('rests when allowed, once the peer has answered, counts nothing meanwhile, and beats at once afterwards', () => {
    const own = heartbeat.watch({ keepsAwake: false });
    heartbeat.rest(true);
    vi.advanceTimersByTime(200);
    expect(sent.length, 'the first ping is not answered').toBe(3);
    heartbeat.answered(3);
    vi.advanceTimersByTime(10_000);
    expect(sent.length).toBe(3);
    expect(own.counts()).toMatchObject({ answered: 1, lost: 0, longestGapMs: 200 });
    heartbeat.rest(false);
    expect(sent.length).toBe(4);
    vi.advanceTimersByTime(300);
    expect(changes).toEqual([false]);
  });

  it('does not rest during a watch or while the peer is silent', () => {
    heartbeat.rest(true);
    const watch = heartbeat.watch();
    answeredFor(1000);
    expect(watch.counts().answered).toBe(10);
    watch.stop();
    answeredFor(100);
    expect(vi.getTimerCount()).toBe(0);
    const again = heartbeat.watch();
    expect(vi.getTimerCount()).toBe(1);
    again.stop();
    vi.advanceTimersByTime(300);
    expect(changes).toEqual([false]);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('beats at another interval when configured', () => {
    heartbeat.configure({ intervalMs: 10 });
    const before = sent.length;
    vi.advanceTimersByTime(100);
    expect(sent.length - before).toBe(10);
  });
});

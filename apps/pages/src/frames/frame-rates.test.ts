import type { FrameBufferReport, FrameBuffersReport } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { keepSpan, ratesBetween } from './frame-rates.ts';

const side = { pid: 7, name: null, generation: 1, slot: 0 };
const buffer = (published: number, more: Partial<FrameBufferReport> = {}): FrameBufferReport => ({
  key: 'a',
  kind: 'frame-buffer',
  label: 'active tab',
  arena: 'plugin',
  backend: 'sealed',
  bytes: 0,
  slots: 3,
  slotBytes: 0,
  writer: side,
  reader: side,
  published,
  taken: 0,
  dropped: 0,
  torn: 0,
  overwritten: 0,
  frame: { width: 10, height: 20, strideBytes: 40 },
  fault: null,
  lines: [],
  ...more,
});
const report = (at: number, ...buffers: FrameBufferReport[]): FrameBuffersReport => ({
  at,
  buffers,
  segments: [],
  plugin: {
    name: 'frame-stats',
    pid: 7,
    status: 'running',
    responsive: true,
    confinement: null,
    refusedCalls: null,
    restarts: 0,
    lastEnd: null,
  },
  copied: null,
  watched: null,
});

test('divides the number of published frames by the time between the reports', () => {
  const now = buffer(40);
  expect(ratesBetween(report(1000, buffer(25)), report(1500, now), now)).toEqual({
    framesPerSecond: 30,
    bytesPerSecond: 30 * 40 * 20,
  });
});

test('counts across the end of a 32-bit word', () => {
  const now = buffer(5);
  expect(ratesBetween(report(0, buffer(2 ** 32 - 5)), report(1000, now), now)?.framesPerSecond).toBe(10);
});

test('has no byte rate before the first frame', () => {
  const now = buffer(0, { frame: null });
  expect(ratesBetween(report(0, buffer(0)), report(1000, now), now)).toEqual({
    framesPerSecond: 0,
    bytesPerSecond: null,
  });
});

test('has no rates without an earlier report, for another buffer or writer, or when no time has passed', () => {
  const now = buffer(9);
  expect(ratesBetween(undefined, report(1000, now), now)).toBeNull();
  expect(ratesBetween(report(0, buffer(1, { key: 'b' })), report(1000, now), now)).toBeNull();
  expect(ratesBetween(report(0, buffer(1, { writer: { ...side, pid: 8 } })), report(1000, now), now)).toBeNull();
  expect(ratesBetween(report(1000, buffer(1)), report(1000, now), now)).toBeNull();
});

test('keeps the fewest reports that span the time, or all if they do not span it', () => {
  const reports = [0, 250, 500, 750, 1000, 1250].map((at) => report(at));
  expect(keepSpan(reports, 1000).map(({ at }) => at)).toEqual([250, 500, 750, 1000, 1250]);
  expect(keepSpan(reports.slice(0, 3), 1000)).toHaveLength(3);
  expect(keepSpan([], 1000)).toEqual([]);
});

import type { LessonFigure } from '@bulkhead/contracts';
import { copies, messageWays, type Way, ways } from './plan.ts';
import type { Results } from './results.ts';

type Chart = Extract<LessonFigure, { kind: 'chart' }>;

/**
 * Plots the throughput, or the time of one block, over the block size, with a mark where shared memory becomes faster.
 */
export function chartOf(results: Results, value: 'rate' | 'tripUs'): Chart {
  const crossing =
    value === 'rate'
      ? results.rateCrossing('shared-asleep', messageWays)
      : results.crossing('shared-asleep', messageWays);
  const measured = results.measured;
  const smallest = results.of(measured[0] ?? 'pipe')[0]?.bytes;
  return {
    kind: 'chart',
    x: { label: 'axis.bytes', unit: 'bytes', log: true },
    y:
      value === 'rate'
        ? { label: 'axis.rate', unit: 'bytes/s', log: true }
        : { label: 'axis.trip', unit: 'us', log: true },
    series: measured.map((way) => ({
      label: `way.${way}`,
      points: results.points(way, value).map(([bytes, y]) => [bytes, y]),
    })),
    marks: crossing !== undefined && crossing !== smallest ? [{ x: crossing, label: 'mark.crossing' }] : [],
  };
}

/** Returns every measured number, for saving. */
export const resultsFigure = (results: Results): LessonFigure => ({
  kind: 'table',
  columns: [
    'column.way',
    'column.bytes',
    'column.rate',
    'column.rate-spread',
    'column.trip',
    'column.trip-spread',
    'column.samples',
  ],
  rows: results
    .all()
    .map(({ way, bytes, rate, rateSpread, tripUs, tripSpread, samples }) => [
      `way.${way}`,
      bytes,
      rounded(rate),
      rounded(rateSpread),
      rounded(tripUs),
      rounded(tripSpread),
      samples,
    ]),
});

/** Returns for each way the number of copies, the reason, and its time at the largest size in units of memcpy. */
export const copiesFigure = (results: Results): LessonFigure => ({
  kind: 'table',
  columns: ['column.way', 'column.copies', 'column.why', 'column.memcpys'],
  rows: ways.map((way) => [`way.${way}`, copies[way], `copies.${way}`, rounded(memcpysOf(results, way))]),
});

function memcpysOf(results: Results, way: Way): number {
  const [own, ceiling] = [results.of(way).at(-1)?.tripUs ?? 0, results.of('memcpy').at(-1)?.tripUs ?? 1];
  return own / ceiling;
}

export const progressFigure = (done: number, of: number, bytes: number): LessonFigure => ({
  kind: 'table',
  columns: ['column.done', 'column.of', 'column.size'],
  rows: [[done, of, sizeText(bytes)]],
});

/** Rounds to three significant digits: a measurement is not more precise. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : 0);

export function sizeText(bytes: number): string {
  const exponent = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${rounded(bytes / 1024 ** exponent)} ${['B', 'KiB', 'MiB', 'GiB'][exponent]}`;
}

export const rateText = (bytesPerSecond: number): string =>
  bytesPerSecond >= 1e9 ? `${rounded(bytesPerSecond / 1e9)} GB/s` : `${rounded(bytesPerSecond / 1e6)} MB/s`;

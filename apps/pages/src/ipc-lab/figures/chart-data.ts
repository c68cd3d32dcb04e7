import type { LessonFigure } from '@bulkhead/contracts';

export type Chart = Extract<LessonFigure, { kind: 'chart' }>;
type Series = Chart['series'][number];

/** Aligns series on one x axis for uPlot: the x values, then each series' values there, or null. */
export function align(series: readonly Series[]): [number[], ...(number | null)[][]] {
  const places = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  return [
    places,
    ...series.map(({ points }) => {
      const values = new Map(points);
      return places.map((x) => values.get(x) ?? null);
    }),
  ];
}

const binary = ['B', 'KiB', 'MiB', 'GiB'];

/** Formats a number on an axis: `64 KiB`, `1.5 GB/s`, `20 µs`. */
export function axisNumber(value: number, unit: Chart['x']['unit'] | Chart['y']['unit']): string {
  const short = (each: number) => String(Number(each.toPrecision(3)));
  if (unit === 'bytes') {
    const power = value < 1 ? 0 : Math.min(3, Math.floor(Math.log2(value) / 10));
    return `${short(value / 1024 ** power)} ${binary[power]}`;
  }
  if (unit === 'bytes/s') {
    const power = value < 1 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
    return `${short(value / 1000 ** power)} ${['B', 'kB', 'MB', 'GB'][power]}/s`;
  }
  if (unit === 'us') return value >= 1000 ? `${short(value / 1000)} ms` : `${short(value)} µs`;
  if (unit === 'percent') return `${short(value)} %`;
  return unit === 'ms' ? `${short(value)} ms` : short(value);
}

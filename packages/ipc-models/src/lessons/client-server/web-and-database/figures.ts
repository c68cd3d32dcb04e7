import type { LessonFigure } from '@bulkhead/contracts';

/** Result of a request, with the times of the request and of the result, microseconds. */
export type Sample = readonly [got: string, startUs: number, endUs: number];

const label = (got: string) => (got === '200' || got === '503' || got === 'timeout' ? `got.${got}` : got);

export const answersFigure = (counts: Readonly<Record<string, number>>): LessonFigure => ({
  kind: 'table',
  columns: ['column.got', 'column.requests'],
  rows: Object.entries(counts).map(([got, count]) => [label(got), count]),
});

const mostPoints = 512;

/** Plots the duration of each answer over its arrival, with a mark at the kill of a process. */
export function latencyFigure(samples: readonly Sample[], killedUs: number): LessonFigure {
  const originUs = Math.min(...samples.map(([, startUs]) => startUs));
  const kinds = [...new Set(samples.map(([got]) => got))].slice(0, 16);
  return {
    kind: 'chart',
    x: { label: 'axis.time', unit: 'ms', log: false },
    y: { label: 'axis.answer', unit: 'ms', log: false },
    series: kinds.map((kind) => ({
      label: label(kind),
      points: thinned(samples.filter(([got]) => got === kind)).map(([, startUs, endUs]) => [
        (endUs - originUs) / 1000,
        (endUs - startUs) / 1000,
      ]),
    })),
    marks: killedUs > 0 ? [{ x: (killedUs - originUs) / 1000, label: 'mark.kill' }] : [],
  };
}

function thinned<Item>(items: readonly Item[]): Item[] {
  const every = Math.ceil(items.length / mostPoints);
  return items.filter((_, index) => index % every === 0);
}

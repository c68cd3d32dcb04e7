import type { LessonEvent, LessonUpdate } from '@bulkhead/contracts';
import { eventText } from './event-text.ts';
import type { LessonWords } from './lesson-words.ts';

const field = (value: string | number) => {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const line = (...values: (string | number)[]) => values.map(field).join(',');

/** Returns a run as CSV (RFC 4180): the points of its charts if it has any, else its events. */
export function toCsv(
  run: Pick<LessonUpdate, 'figures' | 'startUs'>,
  events: readonly LessonEvent[],
  words: LessonWords,
): string {
  const charts = run.figures.flatMap(({ name, figure }) => (figure.kind === 'chart' ? [{ name, figure }] : []));
  const rows =
    charts.length > 0
      ? [
          line('chart', 'series', 'x', 'x unit', 'y', 'y unit'),
          ...charts.flatMap(({ name, figure }) =>
            figure.series.flatMap(({ label, points }) =>
              points.map(([x, y]) => line(name, words.find(label) ?? label, x, figure.x.unit, y, figure.y.unit)),
            ),
          ),
        ]
      : [
          line('at us', 'process', 'took us', 'kind', 'what'),
          ...events.map((event) => {
            const { startUs, endUs, actor, kind } = event;
            return line(
              Math.round(startUs - run.startUs),
              actor,
              Math.round(endUs - startUs),
              kind,
              eventText(event, words),
            );
          }),
        ];
  return `${rows.join('\r\n')}\r\n`;
}

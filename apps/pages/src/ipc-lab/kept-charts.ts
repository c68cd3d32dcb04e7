import type { LessonUpdate } from '@bulkhead/contracts';
import type { Chart } from './figures/chart-data.ts';

/** The charts of an earlier run. */
export interface KeptRun {
  /** ms since 1970. */
  at: number;
  charts: Readonly<Record<string, Chart>>;
}

const most = 10;
const keyOf = (lesson: string) => `bulkhead-lab-${lesson}`;

/** Returns the runs of a lesson that were kept on this computer, the newest first. */
export function keptRuns(lesson: string): KeptRun[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(lesson)) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return []; // damaged or unreadable: no run to lay over
  }
}

/** Keeps the charts of a finished run. */
export function keepRun(run: Pick<LessonUpdate, 'lesson' | 'figures'>): void {
  const charts = Object.fromEntries(
    run.figures.flatMap(({ name, figure }) => (figure.kind === 'chart' ? [[name, figure]] : [])),
  );
  if (Object.keys(charts).length === 0) return;
  const kept = [{ at: Date.now(), charts }, ...keptRuns(run.lesson)].slice(0, most);
  try {
    localStorage.setItem(keyOf(run.lesson), JSON.stringify(kept));
  } catch {
    // Storage is full. The run is still on the screen, and the user can save it as a file.
  }
}

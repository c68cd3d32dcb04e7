import type { LessonFigure } from '@bulkhead/contracts';
import type { Cast } from '../lab/index.ts';

type Parts = Extract<LessonFigure, { kind: 'parts' }>;

/** Returns a lesson's process as a part of a figure. */
export const processPart = ({ name, pid }: Pick<Cast, 'name' | 'pid'>, ...lines: string[]): Parts['parts'][number] => ({
  id: name,
  shape: 'process',
  label: name,
  pid,
  lines,
});

export const link = (from: string, to: string, label = '', both = true): Parts['links'][number] => ({
  from,
  to,
  label,
  both,
});

/** Runs the program. Resolves to null if its process ends or the program fails. */
export async function resultOf(cast: Cast): Promise<Awaited<ReturnType<Cast['run']>> | null> {
  try {
    return await cast.run();
  } catch {
    return null; // the lesson's events show the failure
  }
}

import type { LessonFigure } from '@bulkhead/contracts';
import type { Cast } from '../lab/index.ts';

type Parts = Extract<LessonFigure, { kind: 'parts' }>;

/** A process of a lesson, to be drawn. */
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

/** Resolves with null where the process ends, or its program breaks off, before it is done. */
export async function resultOf(cast: Cast): Promise<Awaited<ReturnType<Cast['run']>> | null> {
  try {
    return await cast.run();
  } catch {
    return null; // what has become of it, the lesson's events say
  }
}

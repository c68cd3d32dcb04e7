import type { Lesson } from '../lab/lesson.ts';
import { type ListingLine, listing } from '../lab/listing.ts';
import { statementOf } from './index.ts';

// Found by the bundler: STATEMENT/LESSON/ROLE.ts and ROLE.c.
const files = import.meta.glob<string>('./*/*/*.{ts,c}', { query: '?raw', import: 'default' });

/** The listing of one role's program, as it really runs with these parameters or in C; undefined where there is none in C. */
export async function listingOf(
  lesson: Lesson,
  role: string,
  as: 'ts' | 'c',
  parameters: Readonly<Record<string, unknown>>,
): Promise<ListingLine[] | undefined> {
  const source = await files[`./${statementOf(lesson)}/${lesson.id}/${role}.${as}`]?.();
  return source === undefined ? undefined : listing(source, parameters);
}

import type { Lesson } from '../lab/lesson.ts';
import { type ListingLine, listing } from '../lab/listing.ts';
import { statementOf } from './index.ts';

// The bundler finds these files: STATEMENT/LESSON/ROLE.ts and ROLE.c.
const files = import.meta.glob<string>('./*/*/*.{ts,c}', { query: '?raw', import: 'default' });

/** Resolves to the listing of a role's program with these parameters, or in C. Undefined if there is none in C. */
export async function listingOf(
  lesson: Lesson,
  role: string,
  as: 'ts' | 'c',
  parameters: Readonly<Record<string, unknown>>,
): Promise<ListingLine[] | undefined> {
  const source = await files[`./${statementOf(lesson)}/${lesson.id}/${role}.${as}`]?.();
  return source === undefined ? undefined : listing(source, parameters);
}

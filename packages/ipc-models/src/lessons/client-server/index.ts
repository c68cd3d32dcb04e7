import type { Lesson } from '../../lab/index.ts';
import { rpc } from './rpc/lesson.ts';
import { webAndDatabase } from './web-and-database/lesson.ts';

/** Lessons of statement 6, in the order to take them. */
export const lessons: readonly Lesson[] = [webAndDatabase, rpc];

import type { Lesson } from '../../lab/index.ts';
import { comparison } from './comparison/lesson.ts';

/** Lessons of statement 7, in the order to take them. */
export const lessons: readonly Lesson[] = [comparison];

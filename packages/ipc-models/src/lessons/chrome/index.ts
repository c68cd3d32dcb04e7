import type { Lesson } from '../../lab/index.ts';
import { chrome } from './chrome/lesson.ts';

/** Lessons of statement 8, in the order to take them. */
export const lessons: readonly Lesson[] = [chrome];

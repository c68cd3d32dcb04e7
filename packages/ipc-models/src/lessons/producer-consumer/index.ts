import type { Lesson } from '../../lab/index.ts';
import { boundedBuffer } from './bounded-buffer/lesson.ts';
import { unboundedBuffer } from './unbounded-buffer/lesson.ts';

/** Lessons of statement 4, in the order to take them. */
export const lessons: readonly Lesson[] = [boundedBuffer, unboundedBuffer];

import type { Lesson } from '../../lab/index.ts';
import { boundedBuffer } from './bounded-buffer/lesson.ts';
import { busyWaiting } from './busy-waiting/lesson.ts';
import { killedMidway } from './killed-midway/lesson.ts';
import { twoProducers } from './two-producers/lesson.ts';
import { unboundedBuffer } from './unbounded-buffer/lesson.ts';

/** Lessons of statement 4, in the order to take them. */
export const lessons: readonly Lesson[] = [boundedBuffer, unboundedBuffer, busyWaiting, twoProducers, killedMidway];

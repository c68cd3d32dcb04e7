import type { Lesson } from '../../lab/index.ts';
import { rendezvous } from './rendezvous/lesson.ts';

/** Lessons of statement 2, in the order to take them. */
export const lessons: readonly Lesson[] = [rendezvous];

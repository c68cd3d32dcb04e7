import type { Lesson } from '../../lab/index.ts';
import { connection } from './connection/lesson.ts';
import { directAsymmetric } from './direct-asymmetric/lesson.ts';
import { directSymmetric } from './direct-symmetric/lesson.ts';
import { rendezvous } from './rendezvous/lesson.ts';

/** Lessons of statement 2, in the order to take them. */
export const lessons: readonly Lesson[] = [connection, directSymmetric, directAsymmetric, rendezvous];

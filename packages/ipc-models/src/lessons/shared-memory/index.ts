import type { Lesson } from '../../lab/index.ts';
import { criticalSectionDeath } from './critical-section-death/lesson.ts';
import { dataFormat } from './data-format/lesson.ts';
import { lostUpdate } from './lost-update/lesson.ts';
import { sharedMemory } from './shared-memory/lesson.ts';
import { whoMayWrite } from './who-may-write/lesson.ts';
import { withoutTheKernel } from './without-the-kernel/lesson.ts';

/** Lessons of statement 3, in the order to take them. */
export const lessons: readonly Lesson[] = [
  sharedMemory,
  whoMayWrite,
  dataFormat,
  withoutTheKernel,
  lostUpdate,
  criticalSectionDeath,
];

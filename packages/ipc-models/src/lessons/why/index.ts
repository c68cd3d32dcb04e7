import type { Lesson } from '../../lab/index.ts';
import { addressSpace } from './address-space/lesson.ts';
import { independentAndCooperating } from './independent-and-cooperating/lesson.ts';
import { informationSharing } from './information-sharing/lesson.ts';
import { modularity } from './modularity/lesson.ts';
import { speedUp } from './speed-up/lesson.ts';
import { threadsShare } from './threads-share/lesson.ts';

/** Lessons of statement 1, in the order to take them. */
export const lessons: readonly Lesson[] = [
  independentAndCooperating,
  addressSpace,
  informationSharing,
  speedUp,
  modularity,
  threadsShare,
];

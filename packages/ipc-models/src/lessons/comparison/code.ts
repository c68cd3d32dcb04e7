import type { LessonCode } from '../../lab/index.ts';

/** Their code, by the lesson's name. */
export const code: Readonly<Record<string, LessonCode>> = {};

import type { LessonCode } from '../../lab/index.ts';

/** Their code, by the lesson's name. */
export const code: Readonly<Record<string, LessonCode>> = {
  comparison: {
    direct: () => import('./comparison/direct.ts'),
    roles: {
      sender: () => import('./comparison/sender.ts'),
      receiver: () => import('./comparison/receiver.ts'),
    },
  },
};

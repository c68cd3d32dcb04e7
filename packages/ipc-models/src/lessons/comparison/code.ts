import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
export const code: Readonly<Record<string, LessonCode>> = {
  comparison: {
    direct: () => import('./comparison/direct.ts'),
    roles: {
      sender: () => import('./comparison/sender.ts'),
      receiver: () => import('./comparison/receiver.ts'),
    },
  },
};

import type { LessonCode } from '../../lab/index.ts';

/** Their code, by the lesson's name. */
export const code: Readonly<Record<string, LessonCode>> = {
  'bounded-buffer': {
    direct: () => import('./bounded-buffer/direct.ts'),
    roles: {
      producer: () => import('./bounded-buffer/producer.ts'),
      consumer: () => import('./bounded-buffer/consumer.ts'),
    },
  },
  'unbounded-buffer': {
    direct: () => import('./unbounded-buffer/direct.ts'),
    roles: {
      producer: () => import('./unbounded-buffer/producer.ts'),
      consumer: () => import('./unbounded-buffer/consumer.ts'),
    },
  },
};

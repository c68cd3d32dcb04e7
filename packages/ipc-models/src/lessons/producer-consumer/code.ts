import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
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
  'busy-waiting': {
    direct: () => import('./busy-waiting/direct.ts'),
    roles: {
      producer: () => import('./busy-waiting/producer.ts'),
      consumer: () => import('./busy-waiting/consumer.ts'),
    },
  },
  'two-producers': {
    direct: () => import('./two-producers/direct.ts'),
    roles: {
      producer: () => import('./two-producers/producer.ts'),
      consumer: () => import('./two-producers/consumer.ts'),
    },
  },
  'killed-midway': {
    direct: () => import('./killed-midway/direct.ts'),
    roles: {
      producer: () => import('./killed-midway/producer.ts'),
      consumer: () => import('./killed-midway/consumer.ts'),
    },
  },
};

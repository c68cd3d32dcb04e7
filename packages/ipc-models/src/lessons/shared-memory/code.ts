import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
export const code: Readonly<Record<string, LessonCode>> = {
  'shared-memory': {
    direct: () => import('./shared-memory/direct.ts'),
    roles: {
      creator: () => import('./shared-memory/creator.ts'),
      attacher: () => import('./shared-memory/attacher.ts'),
    },
  },
  'who-may-write': {
    direct: () => import('./who-may-write/direct.ts'),
    roles: { owner: () => import('./who-may-write/owner.ts'), reader: () => import('./who-may-write/reader.ts') },
  },
  'data-format': {
    direct: () => import('./data-format/direct.ts'),
    roles: { writer: () => import('./data-format/writer.ts'), reader: () => import('./data-format/reader.ts') },
  },
  'without-the-kernel': {
    direct: () => import('./without-the-kernel/direct.ts'),
    roles: {
      asker: () => import('./without-the-kernel/asker.ts'),
      answerer: () => import('./without-the-kernel/answerer.ts'),
      observer: () => import('./without-the-kernel/observer.ts'),
    },
  },
  'lost-update': {
    direct: () => import('./lost-update/direct.ts'),
    roles: { worker: () => import('./lost-update/worker.ts') },
  },
  'critical-section-death': {
    direct: () => import('./critical-section-death/direct.ts'),
    roles: {
      victim: () => import('./critical-section-death/victim.ts'),
      survivor: () => import('./critical-section-death/survivor.ts'),
    },
  },
};

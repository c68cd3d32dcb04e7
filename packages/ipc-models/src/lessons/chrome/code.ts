import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
export const code: Readonly<Record<string, LessonCode>> = {
  chrome: {
    direct: () => import('./chrome/direct.ts'),
    roles: {
      'browser-process': () => import('./chrome/browser-process.ts'),
      renderer: () => import('./chrome/renderer.ts'),
      plugin: () => import('./chrome/plugin.ts'),
    },
  },
};

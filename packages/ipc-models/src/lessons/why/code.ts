import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
export const code: Readonly<Record<string, LessonCode>> = {
  'independent-and-cooperating': {
    direct: () => import('./independent-and-cooperating/direct.ts'),
    roles: {
      independent: () => import('./independent-and-cooperating/independent.ts'),
      cooperating: () => import('./independent-and-cooperating/cooperating.ts'),
    },
  },
  'address-space': {
    direct: () => import('./address-space/direct.ts'),
    roles: {
      owner: () => import('./address-space/owner.ts'),
      reader: () => import('./address-space/reader.ts'),
      stranger: () => import('./address-space/stranger.ts'),
    },
  },
  'information-sharing': {
    direct: () => import('./information-sharing/direct.ts'),
    roles: {
      editor: () => import('./information-sharing/editor.ts'),
      clipboard: () => import('./information-sharing/clipboard.ts'),
      app: () => import('./information-sharing/app.ts'),
    },
  },
  'speed-up': {
    direct: () => import('./speed-up/direct.ts'),
    roles: { worker: () => import('./speed-up/worker.ts') },
  },
  modularity: {
    direct: () => import('./modularity/direct.ts'),
    roles: {
      application: () => import('./modularity/application.ts'),
      module: () => import('./modularity/module.ts'),
    },
  },
  'threads-share': {
    direct: () => import('./threads-share/direct.ts'),
    roles: {
      main: () => import('./threads-share/main.ts'),
      process: () => import('./threads-share/process.ts'),
    },
  },
};

import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
export const code: Readonly<Record<string, LessonCode>> = {
  'web-and-database': {
    direct: () => import('./web-and-database/direct.ts'),
    roles: {
      web: () => import('./web-and-database/web.ts'),
      database: () => import('./web-and-database/database.ts'),
      client: () => import('./web-and-database/client.ts'),
    },
  },
  rpc: {
    direct: () => import('./rpc/direct.ts'),
    roles: { client: () => import('./rpc/client.ts'), server: () => import('./rpc/server.ts') },
  },
};

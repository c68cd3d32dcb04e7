import type { LessonCode } from '../../lab/index.ts';

/** Their code, by the lesson's name. */
export const code: Readonly<Record<string, LessonCode>> = {
  connection: {
    direct: () => import('./connection/direct.ts'),
    roles: { client: () => import('./connection/client.ts'), server: () => import('./connection/server.ts') },
  },
  'direct-symmetric': {
    direct: () => import('./direct-symmetric/direct.ts'),
    roles: {
      p: () => import('./direct-symmetric/p.ts'),
      q: () => import('./direct-symmetric/q.ts'),
      r: () => import('./direct-symmetric/r.ts'),
    },
  },
  'direct-asymmetric': {
    direct: () => import('./direct-asymmetric/direct.ts'),
    roles: {
      sender: () => import('./direct-asymmetric/sender.ts'),
      receiver: () => import('./direct-asymmetric/receiver.ts'),
    },
  },
  rendezvous: {
    direct: () => import('./rendezvous/direct.ts'),
    roles: { sender: () => import('./rendezvous/sender.ts'), receiver: () => import('./rendezvous/receiver.ts') },
  },
};

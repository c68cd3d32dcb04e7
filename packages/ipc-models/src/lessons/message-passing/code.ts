import type { LessonCode } from '../../lab/index.ts';

/** Their code, by the lesson's name. */
export const code: Readonly<Record<string, LessonCode>> = {
  rendezvous: {
    direct: () => import('./rendezvous/direct.ts'),
    roles: { sender: () => import('./rendezvous/sender.ts'), receiver: () => import('./rendezvous/receiver.ts') },
  },
};

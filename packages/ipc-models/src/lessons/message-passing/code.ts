import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
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
  mailboxes: {
    direct: () => import('./mailboxes/direct.ts'),
    roles: { sender: () => import('./mailboxes/sender.ts'), receiver: () => import('./mailboxes/receiver.ts') },
  },
  'mailbox-owner': {
    direct: () => import('./mailbox-owner/direct.ts'),
    roles: {
      owner: () => import('./mailbox-owner/owner.ts'),
      user: () => import('./mailbox-owner/user.ts'),
      other: () => import('./mailbox-owner/other.ts'),
    },
  },
  synchronisation: {
    direct: () => import('./synchronisation/direct.ts'),
    roles: {
      sender: () => import('./synchronisation/sender.ts'),
      receiver: () => import('./synchronisation/receiver.ts'),
    },
  },
  rendezvous: {
    direct: () => import('./rendezvous/direct.ts'),
    roles: { sender: () => import('./rendezvous/sender.ts'), receiver: () => import('./rendezvous/receiver.ts') },
  },
  buffering: {
    direct: () => import('./buffering/direct.ts'),
    roles: { sender: () => import('./buffering/sender.ts'), receiver: () => import('./buffering/receiver.ts') },
  },
  'mach-ports': {
    direct: () => import('./mach-ports/direct.ts'),
    roles: {
      client: () => import('./mach-ports/client.ts'),
      server: () => import('./mach-ports/server.ts'),
      deputy: () => import('./mach-ports/deputy.ts'),
      successor: () => import('./mach-ports/successor.ts'),
    },
  },
};

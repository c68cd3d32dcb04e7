import type { Lesson } from '../../lab/index.ts';
import { buffering } from './buffering/lesson.ts';
import { connection } from './connection/lesson.ts';
import { directAsymmetric } from './direct-asymmetric/lesson.ts';
import { directSymmetric } from './direct-symmetric/lesson.ts';
import { machPorts } from './mach-ports/lesson.ts';
import { mailboxOwner } from './mailbox-owner/lesson.ts';
import { mailboxes } from './mailboxes/lesson.ts';
import { rendezvous } from './rendezvous/lesson.ts';
import { synchronisation } from './synchronisation/lesson.ts';

/** Lessons of statement 2, in the order to take them. */
export const lessons: readonly Lesson[] = [
  connection,
  directSymmetric,
  directAsymmetric,
  mailboxes,
  mailboxOwner,
  synchronisation,
  rendezvous,
  buffering,
  machPorts,
];

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const whoMayWrite = lesson({
  id: 'who-may-write',
  statement: 3,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    access: { kind: 'choice', options: ['read-only', 'read-write'], default: 'read-only' },
  },
  roles: ['owner', 'reader'],
  answers: ['refused', 'ignored', 'written'],
  words,
});

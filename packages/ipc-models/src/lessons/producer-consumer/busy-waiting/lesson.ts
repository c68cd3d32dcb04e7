import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const busyWaiting = lesson({
  id: 'busy-waiting',
  statement: 4,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    waiting: { kind: 'choice', options: ['both', 'busy', 'semaphore'], default: 'both' },
    items: { kind: 'whole', minimum: 2, maximum: 100, default: 20 },
    everyMs: { kind: 'whole', minimum: 10, maximum: 500, default: 50 },
  },
  roles: ['producer', 'consumer'],
  answers: ['all', 'half', 'little'],
  words,
});

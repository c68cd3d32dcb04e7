import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const criticalSectionDeath = lesson({
  id: 'critical-section-death',
  statement: 3,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    lock: { kind: 'choice', options: ['semaphore', 'robust-mutex'], default: 'semaphore' },
    patienceMs: { kind: 'whole', minimum: 100, maximum: 10_000, default: 1000 },
  },
  roles: ['victim', 'survivor'],
  answers: ['for-ever', 'told', 'free'],
  words,
});

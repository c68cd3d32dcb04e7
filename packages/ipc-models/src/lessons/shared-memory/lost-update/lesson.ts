import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const lostUpdate = lesson({
  id: 'lost-update',
  statement: 3,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    times: { kind: 'whole', minimum: 1, maximum: 1_000_000, default: 20_000 },
    protection: { kind: 'choice', options: ['none', 'atomics', 'semaphore', 'mutex'], default: 'none' },
  },
  roles: ['worker'],
  answers: ['all', 'fewer', 'more'],
  words,
  whenKilled: 'critical-section-death',
});

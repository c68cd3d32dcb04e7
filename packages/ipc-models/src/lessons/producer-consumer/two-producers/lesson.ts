import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const twoProducers = lesson({
  id: 'two-producers',
  statement: 4,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    cure: { kind: 'choice', options: ['none', 'mutex', 'own-buffer'], default: 'none' },
    n: { kind: 'whole', minimum: 2, maximum: 64, default: 10 },
    items: { kind: 'whole', minimum: 1, maximum: 5000, default: 1000 },
  },
  roles: ['producer', 'consumer'],
  answers: ['all', 'lost', 'twice'],
  words,
  whenKilled: 'killed-midway',
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const killedMidway = lesson({
  id: 'killed-midway',
  statement: 4,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    victim: { kind: 'choice', options: ['producer', 'consumer'], default: 'consumer' },
    at: { kind: 'choice', options: ['wait', 'item', 'index', 'work'], default: 'work' },
    n: { kind: 'whole', minimum: 2, maximum: 16, default: 5 },
    items: { kind: 'whole', minimum: 8, maximum: 100, default: 20 },
  },
  roles: ['producer', 'consumer'],
  answers: ['once', 'lost', 'twice', 'stuck'],
  words,
});

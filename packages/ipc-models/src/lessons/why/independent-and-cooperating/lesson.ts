import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const independentAndCooperating = lesson({
  id: 'independent-and-cooperating',
  statement: 1,
  parameters: {
    rounds: { kind: 'whole', minimum: 2, maximum: 100, default: 10 },
    workMs: { kind: 'whole', minimum: 1, maximum: 500, default: 25 },
  },
  roles: ['independent', 'cooperating'],
  answers: ['both', 'independent', 'neither'],
  words,
  limits: { seconds: 120 },
});

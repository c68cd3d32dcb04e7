import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const unboundedBuffer = lesson({
  id: 'unbounded-buffer',
  statement: 4,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    items: { kind: 'whole', minimum: 10, maximum: 10_000, default: 1000 },
    itemKiB: { kind: 'whole', minimum: 1, maximum: 64, default: 8 },
    producerMs: { kind: 'whole', minimum: 0, maximum: 100, default: 0 },
    consumerMs: { kind: 'whole', minimum: 0, maximum: 100, default: 1 },
    limitMiB: { kind: 'whole', minimum: 1, maximum: 64, default: 32 },
  },
  roles: ['producer', 'consumer'],
  answers: ['never', 'full', 'limit'],
  words,
  whenKilled: 'killed-midway',
});

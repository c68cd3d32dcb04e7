import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const boundedBuffer = lesson({
  id: 'bounded-buffer',
  statement: 4,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    n: { kind: 'whole', minimum: 2, maximum: 64, default: 10 },
    items: { kind: 'whole', minimum: 1, maximum: 1000, default: 20 },
    producerMs: { kind: 'whole', minimum: 0, maximum: 1000, default: 10 },
    consumerMs: { kind: 'whole', minimum: 0, maximum: 1000, default: 40 },
  },
  roles: ['producer', 'consumer'],
  answers: ['n', 'one-less', 'more'],
  words,
  elsewhere: { producers: { 1: 'bounded-buffer', 2: 'two-producers' } },
  whenKilled: 'killed-midway',
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const buffering = lesson({
  id: 'buffering',
  statement: 2,
  parameters: {
    capacity: { kind: 'choice', options: ['zero', 'bounded', 'unbounded'], default: 'bounded' },
    n: { kind: 'whole', minimum: 1, maximum: 64, default: 4 },
    messages: { kind: 'whole', minimum: 1, maximum: 1000, default: 16 },
    kibibytes: { kind: 'whole', minimum: 1, maximum: 512, default: 64 },
    receiverMs: { kind: 'whole', minimum: 10, maximum: 500, default: 40 },
    limitMiB: { kind: 'whole', minimum: 1, maximum: 64, default: 32 },
  },
  roles: ['sender', 'receiver'],
  answers: ['always', 'when-full', 'never'],
  words,
  limits: { seconds: 120 },
});

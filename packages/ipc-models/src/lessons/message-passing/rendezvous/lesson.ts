import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const rendezvous = lesson({
  id: 'rendezvous',
  statement: 2,
  parameters: {
    rounds: { kind: 'whole', minimum: 1, maximum: 20, default: 4 },
    senderMs: { kind: 'whole', minimum: 0, maximum: 2000, default: 40 },
    receiverMs: { kind: 'whole', minimum: 0, maximum: 2000, default: 120 },
  },
  roles: ['sender', 'receiver'],
  answers: ['sender', 'receiver', 'nobody'],
  words,
});

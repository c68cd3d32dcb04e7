import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const directAsymmetric = lesson({
  id: 'direct-asymmetric',
  statement: 2,
  parameters: {
    senders: { kind: 'whole', minimum: 1, maximum: 6, default: 3 },
    messages: { kind: 'whole', minimum: 1, maximum: 20, default: 3 },
  },
  roles: ['sender', 'receiver'],
  answers: ['told', 'unknown'],
  words,
});

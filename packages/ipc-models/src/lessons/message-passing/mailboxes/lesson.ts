import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const mailboxes = lesson({
  id: 'mailboxes',
  statement: 2,
  parameters: {
    receivers: { kind: 'whole', minimum: 1, maximum: 4, default: 2 },
    rounds: { kind: 'whole', minimum: 1, maximum: 10, default: 2 },
  },
  roles: ['sender', 'receiver'],
  answers: ['first', 'last', 'all'],
  words,
});

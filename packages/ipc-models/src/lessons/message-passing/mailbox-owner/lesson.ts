import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const mailboxOwner = lesson({
  id: 'mailbox-owner',
  statement: 2,
  parameters: {
    held: { kind: 'whole', minimum: 0, maximum: 8, default: 2 },
  },
  roles: ['owner', 'user', 'other'],
  answers: ['owned', 'both', 'neither'],
  words,
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const messageQueue = lesson({
  id: 'message-queue',
  statement: 5,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    capacity: { kind: 'whole', minimum: 3, maximum: 10, default: 4 },
    receiverMs: { kind: 'whole', minimum: 0, maximum: 5000, default: 200 },
  },
  roles: ['sender', 'receiver'],
  answers: ['first-sent', 'last-sent', 'highest'],
  words,
});

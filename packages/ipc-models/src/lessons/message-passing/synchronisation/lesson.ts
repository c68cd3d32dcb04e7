import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const synchronisation = lesson({
  id: 'synchronisation',
  statement: 2,
  parameters: {
    send: { kind: 'choice', options: ['blocking', 'non-blocking'], default: 'blocking' },
    receive: { kind: 'choice', options: ['blocking', 'non-blocking'], default: 'blocking' },
    messages: { kind: 'whole', minimum: 2, maximum: 10, default: 4 },
    lateMs: { kind: 'whole', minimum: 40, maximum: 1000, default: 150 },
  },
  roles: ['sender', 'receiver'],
  answers: ['both', 'sender', 'receiver', 'nobody'],
  words,
});

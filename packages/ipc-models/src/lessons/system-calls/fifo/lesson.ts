import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const fifo = lesson({
  id: 'fifo',
  statement: 5,
  needsLinux: true,
  parameters: {
    readerMs: { kind: 'whole', minimum: 0, maximum: 5000, default: 300 },
  },
  roles: ['writer', 'reader'],
  answers: ['at-once', 'until-opened', 'until-read'],
  words,
});

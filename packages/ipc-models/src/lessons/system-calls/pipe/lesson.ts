import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const pipe = lesson({
  id: 'pipe',
  statement: 5,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    messages: { kind: 'whole', minimum: 2, maximum: 100, default: 3 },
    readerMs: { kind: 'whole', minimum: 0, maximum: 5000, default: 200 },
  },
  roles: ['writer', 'reader'],
  answers: ['one', 'all', 'some'],
  words,
});

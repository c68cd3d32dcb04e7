import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const directSymmetric = lesson({
  id: 'direct-symmetric',
  statement: 2,
  parameters: {
    messages: { kind: 'whole', minimum: 1, maximum: 50, default: 3 },
  },
  roles: ['p', 'q', 'r'],
  answers: ['one', 'two', 'many'],
  words,
});

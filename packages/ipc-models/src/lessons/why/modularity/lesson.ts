import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const modularity = lesson({
  id: 'modularity',
  statement: 1,
  parameters: {
    broken: { kind: 'choice', options: ['counter', 'speller', 'index'], default: 'speller' },
    documents: { kind: 'whole', minimum: 1, maximum: 50, default: 4 },
  },
  roles: ['application', 'module'],
  answers: ['one', 'all', 'none'],
  words,
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const connection = lesson({
  id: 'connection',
  statement: 2,
  needsLinux: true,
  needs: ['network'],
  parameters: {
    over: { kind: 'choice', options: ['unix', 'tcp'], default: 'unix' },
    messages: { kind: 'whole', minimum: 1, maximum: 20, default: 2 },
    acceptMs: { kind: 'whole', minimum: 0, maximum: 2000, default: 100 },
  },
  roles: ['client', 'server'],
  answers: ['before', 'after'],
  words,
});

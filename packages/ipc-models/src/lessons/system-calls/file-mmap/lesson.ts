import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const fileMmap = lesson({
  id: 'file-mmap',
  statement: 5,
  needsLinux: true,
  parameters: {
    sharing: { kind: 'choice', options: ['shared', 'private'], default: 'shared' },
  },
  roles: ['writer', 'reader'],
  answers: ['everyone', 'reader', 'nobody'],
  words,
});

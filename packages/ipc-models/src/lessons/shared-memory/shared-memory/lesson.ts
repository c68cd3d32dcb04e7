import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const sharedMemory = lesson({
  id: 'shared-memory',
  statement: 3,
  needsLinux: true,
  parameters: {
    size: { kind: 'whole', minimum: 64, maximum: 1_048_576, default: 4096 },
  },
  roles: ['creator', 'attacher'],
  answers: ['still-there', 'gone', 'killed'],
  words,
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const threadsShare = lesson({
  id: 'threads-share',
  statement: 1,
  needsLinux: true,
  parameters: {
    firstValue: { kind: 'whole', minimum: 0, maximum: 1_000_000, default: 1 },
    threadValue: { kind: 'whole', minimum: 0, maximum: 1_000_000, default: 2 },
    processValue: { kind: 'whole', minimum: 0, maximum: 1_000_000, default: 3 },
  },
  roles: ['main', 'process'],
  answers: ['thread', 'both', 'neither'],
  words,
});

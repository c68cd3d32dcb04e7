import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

const formats = ['int', 'float', 'text'] as const;

export const dataFormat = lesson({
  id: 'data-format',
  statement: 3,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    value: { kind: 'whole', minimum: 1, maximum: 2_147_483_647, default: 1_078_530_011 },
    writes: { kind: 'choice', options: formats, default: 'int' },
    reads: { kind: 'choice', options: formats, default: 'float' },
  },
  roles: ['writer', 'reader'],
  answers: ['same', 'other', 'error'],
  words,
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const addressSpace = lesson({
  id: 'address-space',
  statement: 1,
  needsLinux: true,
  needs: ['peers', 'watching'],
  parameters: {
    ownerValue: { kind: 'whole', minimum: 1, maximum: 1_000_000, default: 1111 },
    readerValue: { kind: 'whole', minimum: 1, maximum: 1_000_000, default: 2222 },
  },
  roles: ['owner', 'reader', 'stranger'],
  answers: ['own', 'other', 'nothing'],
  words,
});

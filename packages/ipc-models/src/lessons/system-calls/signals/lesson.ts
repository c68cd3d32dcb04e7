import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const signals = lesson({
  id: 'signals',
  statement: 5,
  needsLinux: true,
  needs: ['peers'],
  parameters: {
    signals: { kind: 'whole', minimum: 2, maximum: 100, default: 10 },
  },
  roles: ['sender', 'receiver'],
  answers: ['each', 'once', 'never'],
  words,
});

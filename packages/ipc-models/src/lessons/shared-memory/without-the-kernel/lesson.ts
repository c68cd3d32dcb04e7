import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const withoutTheKernel = lesson({
  id: 'without-the-kernel',
  statement: 3,
  needsLinux: true,
  needs: ['peers', 'watching'],
  parameters: {
    rounds: { kind: 'whole', minimum: 1000, maximum: 50_000, default: 3000 },
  },
  roles: ['asker', 'answerer', 'observer'],
  answers: ['none', 'one', 'more'],
  words,
  limits: { seconds: 30 },
});

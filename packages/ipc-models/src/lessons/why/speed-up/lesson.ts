import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const speedUp = lesson({
  id: 'speed-up',
  statement: 1,
  parameters: {
    processes: { kind: 'whole', minimum: 2, maximum: 8, default: 2 },
    upTo: { kind: 'whole', minimum: 100_000, maximum: 20_000_000, default: 2_000_000 },
    repetitions: { kind: 'whole', minimum: 1, maximum: 9, default: 3 },
  },
  roles: ['worker'],
  answers: ['faster', 'same', 'slower'],
  words,
  // The lesson uses more than one processor.
  limits: { seconds: 120, cpuSeconds: 240 },
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const comparison = lesson({
  id: 'comparison',
  statement: 7,
  needsLinux: true,
  needs: ['network', 'peers'],
  parameters: {
    span: { kind: 'choice', options: ['all', 'small', 'large'], default: 'all' },
    steps: { kind: 'choice', options: ['coarse', 'fine'], default: 'coarse' },
    seconds: { kind: 'whole', minimum: 2, maximum: 70, default: 8 },
  },
  roles: ['sender', 'receiver'],
  answers: ['always', 'from-size', 'never'],
  words,
  // Twice the time on an idle machine; both processes spin for a part of it. A block of 64 MiB exists several times in
  // a process's memory on its way through a port.
  limits: { seconds: 180, cpuSeconds: 360, memoryMiB: 1536 },
});

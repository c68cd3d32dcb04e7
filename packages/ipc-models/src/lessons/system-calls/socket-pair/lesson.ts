import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const socketPair = lesson({
  id: 'socket-pair',
  statement: 5,
  needsLinux: true,
  parameters: {
    type: { kind: 'choice', options: ['stream', 'seqpacket'], default: 'stream' },
    messages: { kind: 'whole', minimum: 2, maximum: 50, default: 3 },
  },
  roles: ['parent', 'child'],
  answers: ['joined', 'apart'],
  words,
});

import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const unixSocket = lesson({
  id: 'unix-socket',
  statement: 5,
  needsLinux: true,
  parameters: {
    clients: { kind: 'whole', minimum: 1, maximum: 6, default: 2 },
  },
  roles: ['server', 'client'],
  answers: ['what-they-say', 'kernel', 'nobody'],
  words,
});

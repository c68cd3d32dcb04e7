import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const machPorts = lesson({
  id: 'mach-ports',
  statement: 2,
  parameters: {
    queued: { kind: 'whole', minimum: 1, maximum: 20, default: 3 },
  },
  roles: ['client', 'server', 'deputy', 'successor'],
  answers: ['successor', 'server', 'nobody'],
  words,
});

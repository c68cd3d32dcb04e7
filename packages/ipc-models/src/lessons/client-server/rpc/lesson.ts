import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const rpc = lesson({
  id: 'rpc',
  statement: 6,
  parameters: {
    kill: { kind: 'choice', options: ['server', 'nobody'], default: 'server' },
    inFlight: { kind: 'whole', minimum: 1, maximum: 64, default: 8 },
    calls: { kind: 'whole', minimum: 20, maximum: 5000, default: 400 },
    serverMs: { kind: 'whole', minimum: 0, maximum: 100, default: 2 },
  },
  roles: ['client', 'server'],
  answers: ['answered', 'error', 'forever'],
  words,
});

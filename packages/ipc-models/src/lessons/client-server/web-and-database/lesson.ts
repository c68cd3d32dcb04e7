import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const webAndDatabase = lesson({
  id: 'web-and-database',
  statement: 6,
  needs: ['network'],
  parameters: {
    /** How the web server asks its database. */
    over: { kind: 'choice', options: ['messages', 'rpc'], default: 'messages' },
    kill: { kind: 'choice', options: ['database', 'web', 'nobody'], default: 'database' },
    clients: { kind: 'whole', minimum: 1, maximum: 32, default: 8 },
    requests: { kind: 'whole', minimum: 20, maximum: 2000, default: 300 },
    databaseMs: { kind: 'whole', minimum: 0, maximum: 100, default: 2 },
  },
  roles: ['web', 'database', 'client'],
  answers: ['all-answered', 'told', 'refused', 'nothing'],
  words,
});

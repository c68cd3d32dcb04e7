import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const tcp = lesson({
  id: 'tcp',
  statement: 5,
  needsLinux: true,
  needs: ['network'],
  parameters: {
    host: { kind: 'choice', options: ['127.0.0.1', '127.0.0.2'], default: '127.0.0.1' },
    number: { kind: 'whole', minimum: 0, maximum: 1_000_000, default: 258 },
  },
  roles: ['server', 'client'],
  answers: ['process', 'address', 'nothing'],
  words,
});

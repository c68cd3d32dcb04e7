import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const informationSharing = lesson({
  id: 'information-sharing',
  statement: 1,
  parameters: {
    keeper: { kind: 'choice', options: ['clipboard', 'editor'], default: 'clipboard' },
    pasters: { kind: 'whole', minimum: 1, maximum: 6, default: 2 },
    kibibytes: { kind: 'whole', minimum: 1, maximum: 1024, default: 16 },
  },
  roles: ['editor', 'clipboard', 'app'],
  answers: ['everyone', 'nobody'],
  words,
});

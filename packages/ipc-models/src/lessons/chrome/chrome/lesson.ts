import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const chrome = lesson({
  id: 'chrome',
  statement: 8,
  parameters: {
    tabs: { kind: 'whole', minimum: 2, maximum: 6, default: 3 },
    victim: { kind: 'choice', options: ['renderer', 'plugin'], default: 'renderer' },
    frameMs: { kind: 'whole', minimum: 10, maximum: 500, default: 40 },
  },
  roles: ['browser-process', 'renderer', 'plugin'],
  answers: ['nothing', 'other-tabs', 'everything'],
  words,
});

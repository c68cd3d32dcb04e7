import type { outcomeParts } from '@bulkhead/contracts';
import { reasonWords } from '../crashes/reason-words.ts';
import type { t } from '../strings.ts';

type Translate = typeof t;

/** Key of the string for each part of an outcome. */
const words = {
  ...reasonWords,
  hung: 'outcomeHung',
  stopped: 'outcomeStopped',
  'then continued': 'outcomeContinued',
  'then ended': 'outcomeEnded',
  dialog: 'outcomeDialog',
  'sad frame in a living page': 'outcomeSadFrame',
  'a new port': 'outcomeNewPort',
  'refused by the kernel': 'outcomeRefused',
  'nothing left': 'outcomeNothingLeft',
  'every tab back': 'outcomeEveryTab',
  harmless: 'outcomeHarmless',
} as const satisfies Record<(typeof outcomeParts)[number], Parameters<Translate>[0]>;

const isWord = (part: string): part is keyof typeof words => Object.hasOwn(words, part);

/** Translates a cell's outcome into the user's language. Unknown parts, such as names of signals, stay as they are. */
export const sayOutcome = (outcome: string, t: Translate): string =>
  outcome
    .split(', ')
    .map((part) => {
      const code = /^code (\d+)$/.exec(part)?.[1];
      if (code !== undefined) return t('outcomeCode', { code });
      return isWord(part) ? t(words[part]) : part;
    })
    .join(', ');

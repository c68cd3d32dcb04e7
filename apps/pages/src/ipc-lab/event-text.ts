import type { LessonEvent } from '@bulkhead/contracts';
import { t } from '../strings.ts';
import type { LessonWords } from './lesson-words.ts';

/** What happened, for people. */
export function eventText({ kind, text, result, values, to }: LessonEvent, words: LessonWords): string {
  if (kind === 'note') return words.find(`note.${text}`, values) ?? text;
  if (kind === 'message') return `→ ${words.actor(to ?? '')}: ${text}`;
  if (kind === 'end') return endText(text);
  return result === null ? text : `${text} = ${result}`;
}

/** How a process ended, as the browser says it, for people. */
export function endText(how: string): string {
  const signal = /^killed \((\w+)\)$/.exec(how)?.[1];
  if (signal !== undefined) return t('endKilled', { signal });
  const code = /^ended \(code (-?\d+)\)$/.exec(how)?.[1];
  return code === undefined ? how : t('endCode', { code });
}

/** A duration in ms with the digits that it deserves. */
export function shortMs(us: number): string {
  const ms = us / 1000;
  return ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(1) : ms.toFixed(3);
}

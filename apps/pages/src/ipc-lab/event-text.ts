import type { LessonEvent } from '@bulkhead/contracts';
import type { LessonWords } from './lesson-words.ts';

/** Returns the text of an event for the learner. */
export function eventText({ kind, text, result, values, to }: LessonEvent, words: LessonWords): string {
  if (kind === 'note') return words.find(`note.${text}`, values) ?? text;
  if (kind === 'message') return `→ ${words.actor(to ?? '')}: ${text}`;
  if (kind === 'end') return words.end(text);
  return result === null ? text : `${text} = ${result}`;
}

/** Formats a duration in ms, with fewer decimals the longer it is. */
export function shortMs(us: number): string {
  const ms = us / 1000;
  return ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(1) : ms.toFixed(3);
}

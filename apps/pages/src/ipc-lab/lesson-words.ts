import type { LessonFacts, LessonParameters } from '@bulkhead/contracts';
import type { Lesson } from '@bulkhead/ipc-models/lab';
import { createWords } from '@bulkhead/ui';
import { language, t } from '../strings.ts';
import { actorTitle, namedValue } from './named-value.ts';

export interface LessonWords {
  /** Returns the text for a key of the lesson's words. */
  say(key: string, values?: LessonFacts | LessonParameters): string;
  /** Like `say`; undefined if the lesson has no text for the key. */
  find(key: string, values?: LessonFacts | LessonParameters): string | undefined;
  /** Returns the title of a process for its name in the lesson: the role, with a number if several play it. */
  actor(name: string): string;
  /** Returns how a process ended, for the learner, from the browser's text. */
  end(how: string): string;
}

export function wordsOf(lesson: Lesson): LessonWords {
  const speak = createWords(language, lesson.words);
  const filled = (place: string, value: string | number | boolean) =>
    typeof value === 'string' ? endText(namedValue(lesson, place, value, speak)) : plain(value);
  const say: LessonWords['say'] = (key, values = {}) =>
    speak(key, Object.fromEntries(Object.entries(values).map(([place, value]) => [place, filled(place, value)])));
  const find: LessonWords['find'] = (key, values) =>
    Object.hasOwn(lesson.words.en, key) ? say(key, values) : undefined;
  const actor = (name: string) => actorTitle(lesson, name, speak) ?? (name === 'browser' ? t('typeBrowser') : name);
  return { say, find, actor, end: endText };
}

/** Formats a fact: numbers with a fraction get three digits. */
function plain(value: number | boolean): string | number {
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Number.isInteger(value)) return value;
  return Number(value.toPrecision(3));
}

function endText(how: string): string {
  const signal = /^killed \((\w+)\)$/.exec(how)?.[1];
  if (signal !== undefined) return t('endKilled', { signal });
  const code = /^ended \(code (-?\d+)\)$/.exec(how)?.[1];
  return code === undefined ? how : t('endCode', { code });
}

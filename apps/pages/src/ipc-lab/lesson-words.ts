import type { LessonFacts, LessonParameters } from '@bulkhead/contracts';
import type { Lesson } from '@bulkhead/ipc-models/lab';
import { createWords } from '@bulkhead/ui';
import { language } from '../strings.ts';

export interface LessonWords {
  /** Says a key of the lesson's words. */
  say(key: string, values?: LessonFacts | LessonParameters): string;
  /** The same, or undefined where the lesson has no word for it. */
  find(key: string, values?: LessonFacts | LessonParameters): string | undefined;
}

export function wordsOf({ words }: Lesson): LessonWords {
  const speak = createWords(language, words);
  const say: LessonWords['say'] = (key, values = {}) =>
    speak(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])));
  return { say, find: (key, values) => (Object.hasOwn(words.en, key) ? say(key, values) : undefined) };
}

/** Numbers are shown with as many digits as they deserve. */
function plain(value: string | number | boolean): string | number {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(3));
}

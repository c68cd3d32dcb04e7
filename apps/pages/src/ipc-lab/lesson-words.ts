import type { LessonFacts, LessonParameters } from '@bulkhead/contracts';
import type { Lesson } from '@bulkhead/ipc-models/lab';
import { createWords } from '@bulkhead/ui';
import { language, t } from '../strings.ts';
import { actorTitle, namedValue } from './named-value.ts';

export interface LessonWords {
  /** Says a key of the lesson's words. */
  say(key: string, values?: LessonFacts | LessonParameters): string;
  /** The same, or undefined where the lesson has no word for it. */
  find(key: string, values?: LessonFacts | LessonParameters): string | undefined;
  /** A process by the name that it has in its lesson: its role, and the number where several play it. */
  actor(name: string): string;
  /** How a process ended, as the browser says it, for people. */
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

/** Numbers are shown with as many digits as they deserve. */
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

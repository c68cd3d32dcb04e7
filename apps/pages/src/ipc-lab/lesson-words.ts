import type { LessonFacts, LessonParameters } from '@bulkhead/contracts';
import type { Lesson } from '@bulkhead/ipc-models/lab';
import { createWords } from '@bulkhead/ui';
import { language, t } from '../strings.ts';

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

export function wordsOf({ words }: Lesson): LessonWords {
  const speak = createWords(language, words);
  const say: LessonWords['say'] = (key, values = {}) =>
    speak(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])));
  const find: LessonWords['find'] = (key, values) => (Object.hasOwn(words.en, key) ? say(key, values) : undefined);
  const actor = (name: string) => {
    const [, role = name, number] = /^(.*?)( \d+)?$/.exec(name) ?? [];
    const title = find(`role.${role}`) ?? (name === 'browser' ? t('typeBrowser') : role);
    return `${title}${number ?? ''}`;
  };
  return { say, find, actor, end: endText };
}

/** Numbers are shown with as many digits as they deserve. */
function plain(value: string | number | boolean): string | number {
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'string' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(3));
}

function endText(how: string): string {
  const signal = /^killed \((\w+)\)$/.exec(how)?.[1];
  if (signal !== undefined) return t('endKilled', { signal });
  const code = /^ended \(code (-?\d+)\)$/.exec(how)?.[1];
  return code === undefined ? how : t('endCode', { code });
}

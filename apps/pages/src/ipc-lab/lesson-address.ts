import { type Lesson, parametersOf } from '@bulkhead/ipc-models/lab';
import { findLesson } from '@bulkhead/ipc-models/lessons';

export interface LessonAddress {
  lesson: Lesson;
  parameters: Record<string, string | number>;
  /** The address had parameters that the lesson does not take: these are its own. */
  refused: boolean;
}

/** What `bulkhead://ipc-lab/LESSON?name=value` asks for; undefined for the list of lessons, null where there is no such lesson. */
export function readAddress({ pathname, search }: Pick<URL, 'pathname' | 'search'>): LessonAddress | null | undefined {
  const id = pathname.replace(/^\//, '');
  if (id === '') return undefined;
  const lesson = findLesson(id);
  if (!lesson) return null;
  const given = parametersOf(lesson, Object.fromEntries(new URLSearchParams(search)));
  return { lesson, parameters: given ?? parametersOf(lesson, {}) ?? {}, refused: given === undefined };
}

/** The address that shows this lesson with these parameters; those that are as declared are left out. */
export function writeAddress({ id, parameters }: Lesson, values: Readonly<Record<string, string | number>>): string {
  const changed = Object.entries(values).filter(([name, value]) => parameters[name]?.default !== value);
  const query = new URLSearchParams(changed.map(([name, value]) => [name, String(value)])).toString();
  return `bulkhead://ipc-lab/${id}${query && `?${query}`}`;
}

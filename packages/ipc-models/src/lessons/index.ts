import type { Lesson } from '../lab/index.ts';
import { lessons as chrome } from './chrome/index.ts';
import { lessons as clientServer } from './client-server/index.ts';
import { lessons as comparison } from './comparison/index.ts';
import { lessons as messagePassing } from './message-passing/index.ts';
import { lessons as producerConsumer } from './producer-consumer/index.ts';
import { lessons as sharedMemory } from './shared-memory/index.ts';
import { lessons as systemCalls } from './system-calls/index.ts';
import { lessons as why } from './why/index.ts';

/** The chapter's statements in order. Each has a folder. */
export const statements = [
  'why',
  'message-passing',
  'shared-memory',
  'producer-consumer',
  'system-calls',
  'client-server',
  'comparison',
  'chrome',
] as const;
export type Statement = (typeof statements)[number];

/** Every lesson, in the order of the chapter. Only declarations, without code that needs a system. */
export const lessons: readonly Lesson[] = [
  ...why,
  ...messagePassing,
  ...sharedMemory,
  ...producerConsumer,
  ...systemCalls,
  ...clientServer,
  ...comparison,
  ...chrome,
];

export const findLesson = (id: string): Lesson | undefined => lessons.find((each) => each.id === id);

/**
 * Returns the requested lesson with the given parameters. A setting may lead to another lesson
 * (`bounded-buffer?producers=2`). Undefined if there is no lesson with that name.
 */
export function findRequested<Value>(
  id: string,
  given: Readonly<Record<string, Value>>,
): { lesson: Lesson; given: Readonly<Record<string, Value>> } | undefined {
  const lesson = findLesson(id);
  if (!lesson) return undefined;
  for (const [name, lessonOf] of Object.entries(lesson.elsewhere ?? {})) {
    const value = Object.hasOwn(given, name) ? String(given[name]) : '';
    const other = Object.hasOwn(lessonOf, value) ? findLesson(lessonOf[value] ?? '') : undefined;
    if (!other) continue;
    return { lesson: other, given: Object.fromEntries(Object.entries(given).filter(([each]) => each !== name)) };
  }
  return { lesson, given };
}

export const statementOf = (lesson: Lesson): Statement => statements[lesson.statement - 1] ?? 'why';

import type { LessonCode } from '../lab/index.ts';
import { code as chrome } from './chrome/code.ts';
import { code as clientServer } from './client-server/code.ts';
import { code as comparison } from './comparison/code.ts';
import { code as messagePassing } from './message-passing/code.ts';
import { code as producerConsumer } from './producer-consumer/code.ts';
import { code as sharedMemory } from './shared-memory/code.ts';
import { code as systemCalls } from './system-calls/code.ts';
import { code as why } from './why/code.ts';

/** Code of every lesson, by lesson id. It is loaded when the lesson runs. */
export const lessonCode: Readonly<Record<string, LessonCode>> = {
  ...why,
  ...messagePassing,
  ...sharedMemory,
  ...producerConsumer,
  ...systemCalls,
  ...clientServer,
  ...comparison,
  ...chrome,
};

import type { Lesson } from '../../lab/index.ts';
import { fifo } from './fifo/lesson.ts';
import { fileMmap } from './file-mmap/lesson.ts';
import { messageQueue } from './message-queue/lesson.ts';
import { pipe } from './pipe/lesson.ts';
import { signals } from './signals/lesson.ts';
import { socketPair } from './socket-pair/lesson.ts';
import { systemCalls } from './system-calls/lesson.ts';
import { tcp } from './tcp/lesson.ts';
import { unixSocket } from './unix-socket/lesson.ts';

/** Lessons of statement 5, in the order to take them. */
export const lessons: readonly Lesson[] = [
  systemCalls,
  pipe,
  fifo,
  messageQueue,
  socketPair,
  unixSocket,
  tcp,
  fileMmap,
  signals,
];

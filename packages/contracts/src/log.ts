import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, milliseconds } from './primitives.ts';

/** Maximum number of lines of the log that a page shows. */
export const mostShownLines = 200;

/** One line of the log. It has no address, no title and no content of any page. */
export const logEntry = v.strictObject({
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  level: v.picklist(['error', 'warn', 'info']),
  /** Type, id and PID of the process that the line is about. */
  process: bounded(128),
  text: bounded(pageLimits.logTextLength),
});
export type LogEntry = v.InferOutput<typeof logEntry>;

export const logEnd = v.strictObject({
  /** The last lines, newest first. */
  entries: v.pipe(v.array(logEntry), v.maxLength(mostShownLines)),
  /** Why the log cannot be read; null if it can. */
  unread: v.nullable(v.picklist(['no-file', 'too-large', 'damaged', 'refused', 'other'])),
});
export type LogEnd = v.InferOutput<typeof logEnd>;

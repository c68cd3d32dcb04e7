/// <reference path="./electron-log-core.d.ts" />
import Logger from 'electron-log/src/core/Logger.js';
import { type LoggedProcess, labelOf, lineBreak, lineOf, textOf } from './log-line.ts';

/** The file that keeps the log. */
export interface LogKeeper {
  add(line: string): void;
  /** Writes what was added so far before it returns. */
  writeNow(): void;
}

/** Functions of one process's logger. Pass an error as a further argument: its call stack is logged. */
export interface ProcessLog {
  /** Something is wrong in Bulkhead itself. */
  error(...data: unknown[]): void;
  /** Something has failed or was ended. Like errors, it also goes to the standard error. */
  warn(...data: unknown[]): void;
  /** Worth knowing after a fault. */
  info(...data: unknown[]): void;
}

interface Message {
  date: Date;
  level: string;
  scope?: string;
  data: readonly unknown[];
}

let keeper: LogKeeper | undefined;

function toFile({ date, level, scope, data }: Message): void {
  const label = scope ?? labelOf({ type: 'browser', pid: process.pid });
  keeper?.add(lineOf(date, level, label, textOf(data)));
}

function toStandardError({ scope, data }: Message): void {
  const of = scope === undefined ? '' : `${scope}: `;
  // An indented line cannot be taken for the beginning of another message.
  process.stderr.write(`bulkhead: ${of}${textOf(data).replaceAll(lineBreak, '\n    ')}\n`);
}

/**
 * electron-log's core: levels, a logger for each process, and destinations that cannot throw into the caller. Its own
 * file is not used: it opens the file synchronously, blocks at a pipe, keeps any number of lines in memory, and gives up
 * a disk that was full once.
 */
const logger = new Logger({
  logId: 'bulkhead',
  transportFactories: {
    file: () => Object.assign(toFile, { level: 'info' as const }),
    standardError: () => Object.assign(toStandardError, { level: 'warn' as const }),
  },
});

/** Logger of the browser process. */
export const log: ProcessLog = logger;

/**
 * Returns a logger for one process, whose lines name its type, id and PID.
 *
 * Log no title, no address and no content of a page: `textOf` cuts addresses out of errors, but knows no other content.
 * There are no private windows yet. Their tabs must leave no line, so `Tab.log`, through which every line about a tab
 * goes, will return a logger that does nothing.
 */
export const logOf = (of: LoggedProcess): ProcessLog => logger.scope(labelOf(of));

/** Sends all later lines to this file, too. */
export function keepLogIn(file: LogKeeper): void {
  keeper = file;
}

/** Call this before the browser process may end: lines are otherwise written a moment later. */
export const writeLogNow = (): void => keeper?.writeNow();

/** The app shuts down, and ends its processes. From here on only errors are logged. */
export function endLog(): void {
  writeLogNow();
  for (const transport of Object.values(logger.transports)) if (transport) transport.level = 'error';
}

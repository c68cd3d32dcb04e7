import { type LogEntry, pageLimits } from '@bulkhead/contracts';

/** Name of a process in the log: type, id and PID. */
export interface LoggedProcess {
  type: string;
  /** Number of the tab, or name of the plugin, service or lesson process. Absent if there is only one of its type. */
  id?: number | string;
  /** Null while there is none. */
  pid: number | null;
}

/** Maximum length of an id, UTF-16 code units. */
const longestId = 64;

/** Such as `tab 7 (pid 4312)`, or `profile settings` without a process. */
export function labelOf({ type, id, pid }: LoggedProcess): string {
  const name = id === undefined ? '' : ` ${onOneLine(String(id).slice(0, longestId)).replaceAll(':', '')}`;
  return `${type}${name}${pid === null ? '' : ` (pid ${pid})`}`;
}

/** Place of Bulkhead's own code in call stacks, up to the folder that it was built into. */
const ownCode = import.meta.url.replace(/(?<=\/out\/main\/).*$/, '');

/**
 * Returns one line of text for what is logged: at most `logTextLength` long, without control characters and without
 * addresses of pages and files. Errors are written with their call stack. Pages and plugins control parts of it.
 */
export function textOf(data: readonly unknown[]): string {
  const text = data.map((each) => (each instanceof Error ? (each.stack ?? String(each)) : String(each))).join(' ');
  const lines = text
    .slice(0, 2 * pageLimits.logTextLength)
    .replaceAll(ownCode, '')
    .split(/\s*[\r\n]+\s*/);
  return onOneLine(withoutAddresses(lines.join(lineBreak)).slice(0, pageLimits.logTextLength));
}

/** Stands for a line break, between the lines of a call stack. */
export const lineBreak = ' | ';

/** Cuts addresses of pages and files out of a text. */
export const withoutAddresses = (text: string): string =>
  text
    .replaceAll(/\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s'"<>]*/gi, '…')
    .replaceAll(/\b(data|blob|javascript|about|mailto|view-source):[^\s'"<>]*/gi, '…')
    .replaceAll(/(?<![\w.])\/[\w.-]+\/[^\s'"<>:]*/g, '…');

/** Replaces line ends, control characters, invisible characters and halves of pairs. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '�');

export const lineOf = (date: Date, level: string, label: string, text: string): string =>
  `${date.toISOString()} ${level} ${label}: ${text}`;

const line = /^(\S+) (error|warn|info) ([^:]{1,128}): (.*)$/;

/** Reads a line of `lineOf`. Returns undefined for any other text. */
export function entryOf(text: string): LogEntry | undefined {
  const [, time = '', level, process, said] = line.exec(text) ?? [];
  const at = Date.parse(time);
  if (process === undefined || said === undefined || !(at >= 0)) return undefined;
  return { at, level: level as LogEntry['level'], process, text: said.slice(0, pageLimits.logTextLength) };
}

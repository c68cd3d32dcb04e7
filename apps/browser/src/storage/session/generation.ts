import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { parseSession, type SavedSession, type SavedTab, sessionOf } from './saved-session.ts';

// One file of the session: a line that says which generation it is, lines that make a whole session together, and a line
// for each change since. Every line but the first proves itself by a checksum, so a line that was not written to its end
// costs that line alone.

/** Something of a session, or a change of it. What it does not name stays as it was. Tabs go by their numbers. */
export interface SessionRecord {
  tabs?: [number, SavedTab][];
  /** Titles of the entries that tabs are at. */
  titles?: [number, string][];
  /** Every tab from left to right. */
  order?: number[];
  active?: number;
}

/** What a line means besides what is in it. */
export type Mark =
  /** Nothing. */
  | '-'
  /** The lines up to this one make a whole session. */
  | '='
  /** The session ended here: by the user's wish, or otherwise. What follows does not count. */
  | 'clean'
  | 'unclean';

/** What one file of the session says. */
export interface Generation {
  /** Counts up with each file that is written: `isNewer` says which of two is. */
  number: number;
  /** The user ended the session. */
  clean: boolean;
  /** A change of the session is damaged: the session is as it was before that change. */
  damaged: boolean;
  /** Undefined when its content is no session of ours. */
  session: () => SavedSession | undefined;
}

const format = 'bulkhead session';
/** Of the layout of the file and of what is in the lines. */
const version = 2;
/** Generations are counted in a circle. Even: two that follow one another are in two files. */
const mostNumbers = 2 ** 32;
const header = v.object({
  format: v.literal(format),
  version: v.picklist([1, version]),
  generation: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostNumbers - 1)),
});

/** Of the generation after this one. After the last number comes the first, whatever a file says. */
export const nextNumber = (generation: number): number => (generation + 1) % mostNumbers;

/** Of two generations of one session, which are never far apart, is this one the later? */
export function isNewer(one: number, other: number): boolean {
  const ahead = (one - other + mostNumbers) % mostNumbers;
  return ahead > 0 && ahead < mostNumbers / 2;
}

export const headerLine = (generation: number): string => `${JSON.stringify({ format, version, generation })}\n`;

export function recordLine(generation: number, mark: Mark, record: SessionRecord): string {
  const content = `${mark} ${JSON.stringify(record)}`;
  return `${checksumOf(generation, content)} ${content}\n`;
}

/** Undefined for a file that holds no whole session: cut off, changed in any byte, or of another version. */
export function decodeGeneration(file: Buffer): Generation | undefined {
  const end = file.indexOf('\n');
  const first = file.toString('utf8', 0, end);
  const parsed = v.safeParse(header, parse(first));
  if (!parsed.success) return undefined;
  const { generation: number, version: found } = parsed.output;
  if (found !== version) return decodeVersion1(first, file.toString('utf8', end + 1));
  const { contents, mark, isWhole, damaged } = readLines(file, end + 1, number);
  if (!isWhole) return undefined;
  return { number, clean: mark === 'clean', damaged, session: () => assemble(contents) };
}

function readLines(file: Buffer, from: number, number: number) {
  const contents: string[] = [];
  let isWhole = false;
  let mark = '';
  for (let start = from; start < file.length; ) {
    const end = file.indexOf('\n', start);
    // The program ended while it wrote this line.
    if (end < 0) break;
    const line = file.toString('utf8', start, end);
    const content = line.slice(checksumLength + 1);
    if (line !== `${checksumOf(number, content)} ${content}`) return { contents, mark, isWhole, damaged: true };
    start = end + 1;
    mark = content.slice(0, content.indexOf(' '));
    contents.push(content.slice(mark.length + 1));
    isWhole ||= mark !== '-';
    if (mark === 'clean' || mark === 'unclean') break;
  }
  return { contents, mark, isWhole, damaged: false };
}

function assemble(contents: readonly string[]): SavedSession | undefined {
  const tabs = new Map<number, SavedTab>();
  let { order, active }: SessionRecord = {};
  for (const content of contents) {
    // The checksum has proved that this program wrote it; the session as a whole is parsed below.
    const record = JSON.parse(content) as SessionRecord;
    for (const [id, tab] of record.tabs ?? []) tabs.set(id, tab);
    for (const [id, title] of record.titles ?? []) {
      const entry = tabs.get(id)?.entries[tabs.get(id)?.activeEntry ?? 0];
      if (entry) entry.title = title;
    }
    order = record.order ?? order;
    active = record.active ?? active;
  }
  // A tab that was opened last may be named before its own line came.
  const known = (order ?? []).filter((id) => tabs.has(id));
  const activeTab = Math.max(0, active === undefined ? 0 : known.indexOf(active));
  return sessionOf({ windows: [{ activeTab, tabs: known.map((id) => tabs.get(id)) }] });
}

/** Of the releases before: one JSON of the whole session behind a line with its checksum. */
function decodeVersion1(first: string, body: string): Generation | undefined {
  const facts = v.safeParse(v.object({ ...header.entries, clean: v.boolean(), checksum: v.string() }), parse(first));
  if (!facts.success) return undefined;
  const { generation: number, clean, checksum } = facts.output;
  const proved = createHash('sha256')
    .update(JSON.stringify([1, number, clean]))
    .update(body)
    .digest('hex');
  return proved === checksum ? { number, clean, damaged: false, session: () => parseSession(body) } : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // damaged
  }
}

const checksumLength = 64;

const checksumOf = (generation: number, content: string) =>
  createHash('sha256').update(`${version} ${generation} `).update(content).digest('hex');

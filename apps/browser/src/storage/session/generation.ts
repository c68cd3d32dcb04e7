import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { parseSession, type SavedSession, type SavedTab, sessionOf } from './saved-session.ts';

// One file of the session: a header line with the generation, lines that together make a whole session, then one line
// for each change. Every line but the header has a checksum, so a line that was cut off loses only itself.

/** A part of a session, or a change of it. Absent fields stay as they were. Tabs are identified by their numbers. */
export interface SessionRecord {
  tabs?: [number, SavedTab][];
  /** Titles of the active entries of tabs. */
  titles?: [number, string][];
  /** All tabs, from left to right. */
  order?: number[];
  active?: number;
}

/** Role of a line in its file. */
export type Mark =
  /** Nothing more. */
  | '-'
  /** The lines up to this one make a whole session. */
  | '='
  /** The session ended here: the user ended it (`clean`), or not (`unclean`). Later lines do not count. */
  | 'clean'
  | 'unclean';

/** The content of one file of the session. */
export interface Generation {
  /** Increases with each file that is written, and wraps around. Compare with `isNewer`. */
  number: number;
  /** The user ended the session. */
  clean: boolean;
  /** A change is damaged. The session is as it was before that change. */
  damaged: boolean;
  /** Returns undefined when the content is not a session of Bulkhead. */
  session: () => SavedSession | undefined;
}

const format = 'bulkhead session';
/** Version of the file's layout and of the content of its lines. */
const version = 2;
/**
 * Generation numbers wrap around here. The number is even, so that consecutive generations always use different files.
 */
const mostNumbers = 2 ** 32;
const header = v.object({
  format: v.literal(format),
  version: v.picklist([1, version]),
  generation: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostNumbers - 1)),
});

/** Returns the number of the next generation. It wraps around, whatever number a file contains. */
export const nextNumber = (generation: number): number => (generation + 1) % mostNumbers;

/** True when `one` is the later of two generations of one session. Their numbers are never far apart. */
export function isNewer(one: number, other: number): boolean {
  const ahead = (one - other + mostNumbers) % mostNumbers;
  return ahead > 0 && ahead < mostNumbers / 2;
}

export const headerLine = (generation: number): string => `${JSON.stringify({ format, version, generation })}\n`;

export function recordLine(generation: number, mark: Mark, record: SessionRecord): string {
  const content = `${mark} ${JSON.stringify(record)}`;
  return `${checksumOf(generation, content)} ${content}\n`;
}

/** Returns undefined for a file without a whole session: cut off, changed in any byte, or of another version. */
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
    // The browser ended while it wrote this line.
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
    // The checksum shows that Bulkhead wrote this line. The session as a whole is parsed below.
    const record = JSON.parse(content) as SessionRecord;
    for (const [id, tab] of record.tabs ?? []) tabs.set(id, tab);
    for (const [id, title] of record.titles ?? []) {
      const entry = tabs.get(id)?.entries[tabs.get(id)?.activeEntry ?? 0];
      if (entry) entry.title = title;
    }
    order = record.order ?? order;
    active = record.active ?? active;
  }
  // The order may name a new tab whose own line is missing.
  const known = (order ?? []).filter((id) => tabs.has(id));
  const activeTab = Math.max(0, active === undefined ? 0 : known.indexOf(active));
  return sessionOf({ windows: [{ activeTab, tabs: known.map((id) => tabs.get(id)) }] });
}

/** Reads the format of earlier releases: a header with a checksum, then the whole session as one JSON text. */
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

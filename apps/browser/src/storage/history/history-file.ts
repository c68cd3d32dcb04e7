import { setImmediate } from 'node:timers/promises';
import { visit } from '@bulkhead/contracts';
import * as v from 'valibot';
import { ProfileFile } from '../files/profile-file.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import type { NewVisit } from './visits.ts';

const { at, address, title } = visit.entries;
const line = v.pipe(v.string(), v.parseJson(), v.object({ at, address, title }));

/** Number of lines to parse without a pause. They take well below the time of one frame. */
const linesAtOnce = 200;
/** Size limit of the file, several times the longest file that this class writes. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Visits on the disk, one a line, oldest first. A second line with the same time and address has the title that arrived
 * later. A damaged or cut-off line loses only its own visit.
 */
export class HistoryFile {
  readonly #file: ProfileFile;

  constructor(file: string, troubles: ProfileTroubles) {
    this.#file = new ProfileFile(file, { part: 'history', mostBytes, troubles });
  }

  async read(): Promise<NewVisit[]> {
    const text = (await this.#file.read())?.toString() ?? '';
    const visits = new Map<string, NewVisit>();
    for (const [index, each] of text.split('\n').entries()) {
      if (index % linesAtOnce === linesAtOnce - 1) await setImmediate();
      const parsed = each === '' ? undefined : v.safeParse(line, each);
      if (parsed?.success) visits.set(`${parsed.output.at} ${parsed.output.address}`, parsed.output);
    }
    // Not one line could be parsed: the file is not a history.
    if (visits.size === 0 && text.trim() !== '') this.#file.refuse();
    return [...visits.values()];
  }

  append(visits: readonly NewVisit[]): Promise<void> {
    return this.#file.append(added(visits));
  }

  /** Does the same as `append` synchronously, for the shutdown. */
  appendSync(visits: readonly NewVisit[]): void {
    this.#file.appendSync(added(visits));
  }

  /** Replaces the whole file, atomically. */
  replace(visits: readonly NewVisit[]): Promise<void> {
    return this.#file.replace(inPortions(visits));
  }
}

function* inPortions(visits: readonly NewVisit[]): Generator<string> {
  for (let index = 0; index < visits.length; index += linesAtOnce)
    yield `${encode(visits.slice(index, index + linesAtOnce))}\n`;
}

/** Begins with a line break, because the line before may have been cut off. */
const added = (visits: readonly NewVisit[]) => `\n${encode(visits)}\n`;
const encode = (visits: readonly NewVisit[]) =>
  visits.map(({ at, address, title }) => JSON.stringify({ at, address, title })).join('\n');

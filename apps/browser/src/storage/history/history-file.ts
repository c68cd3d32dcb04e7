import { setImmediate } from 'node:timers/promises';
import { visit } from '@bulkhead/contracts';
import * as v from 'valibot';
import { ProfileFile } from '../files/profile-file.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import type { NewVisit } from './visits.ts';

const { at, address, title } = visit.entries;
const line = v.pipe(v.string(), v.parseJson(), v.object({ at, address, title }));

/** Lines that are worked on without a pause: well below a frame's time. */
const linesAtOnce = 200;
/** Several times what as many lines take as are let come. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Visits on the disk, one a line, oldest first; a line of the same time and address says a title that came later. A
 * line that was cut off, or damaged, costs that visit alone.
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
    // Not one line of it is ours.
    if (visits.size === 0 && text.trim() !== '') this.#file.refuse();
    return [...visits.values()];
  }

  append(visits: readonly NewVisit[]): Promise<void> {
    return this.#file.append(added(visits));
  }

  /** The same at the very end, when nothing else will run any more. */
  appendSync(visits: readonly NewVisit[]): void {
    this.#file.appendSync(added(visits));
  }

  /** All of it anew, whole or not at all. */
  replace(visits: readonly NewVisit[]): Promise<void> {
    return this.#file.replace(inPortions(visits));
  }
}

function* inPortions(visits: readonly NewVisit[]): Generator<string> {
  for (let index = 0; index < visits.length; index += linesAtOnce)
    yield `${encode(visits.slice(index, index + linesAtOnce))}\n`;
}

/** Begins with the end of a line: the one before may have been cut off. */
const added = (visits: readonly NewVisit[]) => `\n${encode(visits)}\n`;
const encode = (visits: readonly NewVisit[]) =>
  visits.map(({ at, address, title }) => JSON.stringify({ at, address, title })).join('\n');

import { appendFileSync } from 'node:fs';
import { appendFile, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { visit } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { NewVisit } from './visits.ts';

const { at, address, title } = visit.entries;
const line = v.pipe(v.string(), v.parseJson(), v.object({ at, address, title }));

/** Lines that are worked on without a pause: well below a frame's time. */
const linesAtOnce = 200;
/** What a person looked at is nobody else's business. */
const onlyOurs = 0o600;

/**
 * Visits on the disk, one a line, oldest first; a line of the same time and address says a title that came later. A
 * line that was cut off, or damaged, costs that visit alone.
 */
export class HistoryFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<NewVisit[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => ''); // there is none yet
    const visits = new Map<string, NewVisit>();
    for (const [index, each] of text.split('\n').entries()) {
      if (index % linesAtOnce === linesAtOnce - 1) await setImmediate();
      const parsed = each === '' ? undefined : v.safeParse(line, each);
      if (parsed?.success) visits.set(`${parsed.output.at} ${parsed.output.address}`, parsed.output);
    }
    return [...visits.values()];
  }

  async append(visits: readonly NewVisit[]): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    await appendFile(this.#file, added(visits), { mode: onlyOurs });
  }

  /** The same at the very end, when nothing else will run any more. */
  appendSync(visits: readonly NewVisit[]): void {
    appendFileSync(this.#file, added(visits), { mode: onlyOurs });
  }

  /** All of it anew, whole or not at all. */
  async replace(visits: readonly NewVisit[]): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    const next = `${this.#file}.next`;
    const file = await open(next, 'w', onlyOurs);
    try {
      for (let index = 0; index < visits.length; index += linesAtOnce)
        await file.appendFile(`${encode(visits.slice(index, index + linesAtOnce))}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(next, this.#file);
  }
}

/** Begins with the end of a line: the one before may have been cut off. */
const added = (visits: readonly NewVisit[]) => `\n${encode(visits)}\n`;
const encode = (visits: readonly NewVisit[]) =>
  visits.map(({ at, address, title }) => JSON.stringify({ at, address, title })).join('\n');

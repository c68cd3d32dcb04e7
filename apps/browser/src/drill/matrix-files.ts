import path from 'node:path';
import { type MatrixRun, type MatrixRunSummary, matrixRun } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import { readFileAside, readFolderHere } from '../storage/files/read-file.ts';
import { removeFile, replaceFile } from '../storage/files/write-file.ts';
import { fewAtOnce } from '../timing/few-at-once.ts';
import { toMarkdown } from './matrix-markdown.ts';

const file = v.pipe(v.string(), v.parseJson(), matrixRun);
const part = 'matrix-runs';
const idPattern = /^[0-9TZ-]+$/;
/** Longest file that is read, bytes. The longest run is many times shorter, so a longer file cannot be a run. */
const longestFile = 4 * 1024 * 1024;

/** Runs of the matrix in a folder of the profile. Each has a JSON file, and a Markdown file for reading. */
export class MatrixFiles {
  readonly #folder: string;
  readonly #troubles: ProfileTroubles;

  constructor(folder: string, troubles: ProfileTroubles) {
    this.#folder = folder;
    this.#troubles = troubles;
  }

  /** Saves a run. Rejects if it cannot be written; `ProfileTroubles` has then reported it. */
  async save(run: MatrixRun): Promise<void> {
    await this.#writing(async () => {
      await replaceFile(this.#path(run.id, 'md'), [toMarkdown(run)]);
      await replaceFile(this.#path(run.id, 'json'), [toText(run, 'json')]);
    });
  }

  /** Returns all saved runs, newest first. */
  async list(): Promise<MatrixRunSummary[]> {
    const found = readFolderHere(this.#folder);
    if (found.is === 'unreadable') this.#troubles.unread(part, found.why, this.#folder);
    const names = found.is === 'read' ? found.content : [];
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const runs = await fewAtOnce(ids.sort().reverse(), (id) => this.load(id));
    return runs.flatMap((run) => (run ? [summary(run)] : []));
  }

  /**
   * Loads a run. Returns null if there is none, if it is damaged or of another version, or if the file is a copy under
   * another name, which would list one run twice.
   */
  async load(id: string): Promise<MatrixRun | null> {
    if (!idPattern.test(id)) return null;
    const found = await readFileAside(this.#path(id, 'json'), longestFile);
    const parsed = v.safeParse(file, found.is === 'read' ? found.content.toString() : undefined);
    return parsed.success && parsed.output.id === id ? parsed.output : null;
  }

  /** Deletes a run. Returns false if it could not be deleted. */
  async delete(id: string): Promise<boolean> {
    if (!idPattern.test(id)) return false;
    const remove = async () => {
      for (const extension of ['json', 'md'] as const) removeFile(this.#path(id, extension));
    };
    return this.#writing(remove).then(
      () => true,
      () => false, // `#writing` has reported it
    );
  }

  async #writing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#troubles.unwritten(part, error);
      throw error;
    }
    this.#troubles.written(part);
  }

  #path(id: string, extension: 'json' | 'md'): string {
    return path.join(this.#folder, `${id}.${extension}`);
  }
}

/** Returns one run as the text of a file. */
export const toText = (run: MatrixRun, format: 'json' | 'markdown'): string =>
  format === 'markdown' ? toMarkdown(run) : `${JSON.stringify(run, null, 2)}\n`;

function summary({ id, startedAt, cells }: MatrixRun): MatrixRunSummary {
  const count = (state: string) => cells.filter((cell) => cell.state === state).length;
  return { id, startedAt, passed: count('passed'), failed: count('failed'), unavailable: count('unavailable') };
}

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type MatrixRun, type MatrixRunSummary, matrixRun } from '@bulkhead/contracts';
import * as v from 'valibot';
import { toMarkdown } from './matrix-markdown.ts';

const file = v.pipe(v.string(), v.parseJson(), matrixRun);
const idPattern = /^[0-9TZ-]+$/;
/** Many times the longest run: whatever is longer is none, and is not worth reading, bytes. */
const longestFile = 4 * 1024 * 1024;

/** Runs of the matrix, kept in a folder of the profile: a JSON file each, and a Markdown file to read. */
export class MatrixFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async save(run: MatrixRun): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.#write(`${run.id}.md`, toMarkdown(run));
    await this.#write(`${run.id}.json`, toText(run, 'json'));
  }

  /** Newest first. */
  async list(): Promise<MatrixRunSummary[]> {
    const names = await readdir(this.#folder).catch(() => []); // none was saved yet
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const runs = await Promise.all(
      ids
        .sort()
        .reverse()
        .map((id) => this.load(id)),
    );
    return runs.flatMap((run) => (run ? [summary(run)] : []));
  }

  /** Null for what is none: damaged, of another version, or a copy under another name, which would be one run twice. */
  async load(id: string): Promise<MatrixRun | null> {
    if (!idPattern.test(id)) return null;
    const text = await readBounded(path.join(this.#folder, `${id}.json`)).catch(() => undefined);
    const parsed = v.safeParse(file, text);
    return parsed.success && parsed.output.id === id ? parsed.output : null;
  }

  async delete(id: string): Promise<void> {
    if (!idPattern.test(id)) return;
    for (const extension of ['json', 'md']) await rm(path.join(this.#folder, `${id}.${extension}`), { force: true });
  }

  async #write(name: string, text: string): Promise<void> {
    const target = path.join(this.#folder, name);
    await writeFile(`${target}.next`, text);
    await rename(`${target}.next`, target);
  }
}

/** One run for a file of its own. */
export const toText = (run: MatrixRun, format: 'json' | 'markdown'): string =>
  format === 'markdown' ? toMarkdown(run) : `${JSON.stringify(run, null, 2)}\n`;

async function readBounded(name: string): Promise<string | undefined> {
  const { size } = await stat(name);
  return size > longestFile ? undefined : readFile(name, 'utf8');
}

function summary({ id, startedAt, cells }: MatrixRun): MatrixRunSummary {
  const count = (state: string) => cells.filter((cell) => cell.state === state).length;
  return { id, startedAt, passed: count('passed'), failed: count('failed'), unavailable: count('unavailable') };
}

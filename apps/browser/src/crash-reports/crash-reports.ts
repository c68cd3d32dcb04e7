import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import path from 'node:path';
import { type CrashReport, crashReport } from '@bulkhead/contracts';
import * as v from 'valibot';

const mostReports = 50;

export type NewCrashReport = Pick<CrashReport, 'victim' | 'name' | 'reason' | 'signal' | 'exitCode' | 'pid'> &
  Partial<Pick<CrashReport, 'at' | 'livedMs' | 'memoryKiB' | 'message' | 'versions'>>;

const reportFile = v.pipe(v.string(), v.parseJson(), crashReport);

/**
 * How processes ended, kept in a folder of the profile, one small file each, the newest 50. They leave this machine only
 * when a person exports them, and name no address of any page.
 */
export class CrashReports {
  readonly #folder: string;
  readonly #versions: CrashReport['versions'];
  readonly #keeps: () => boolean;
  /** Writes and deletions one after the other. */
  #work: Promise<void> = Promise.resolve();
  #count = 0;
  #closed = false;

  /** `keeps`: whether a person wants new ones to be kept. */
  constructor(folder: string, versions: CrashReport['versions'], keeps: () => boolean = () => true) {
    this.#folder = folder;
    this.#versions = versions;
    this.#keeps = keeps;
  }

  add(report: NewCrashReport): void {
    if (this.#closed || !this.#keeps()) return;
    const at = Math.round(report.at ?? Date.now());
    const full: CrashReport = {
      message: null,
      livedMs: null,
      memoryKiB: null,
      versions: this.#versions,
      ...report,
      id: `${at}-${process.pid}-${this.#count++}`,
      at,
      system: `${process.platform} ${release()} ${process.arch}`.slice(0, 128),
    };
    this.#next(async () => {
      await mkdir(this.#folder, { recursive: true });
      const file = this.#file(full.id);
      await writeFile(`${file}.next`, JSON.stringify(full, null, 2));
      await rename(`${file}.next`, file);
      const old = (await this.#ids()).slice(mostReports);
      await Promise.all(old.map((id) => rm(this.#file(id), { force: true })));
      await this.#removeUnfinished();
    });
  }

  /** The program ends, and takes its processes with it: none of their ends is a fault from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Newest first. A file that is none of ours, or damaged, is not listed. */
  async list(): Promise<CrashReport[]> {
    await this.#work;
    const texts = await Promise.all(
      (await this.#ids()).slice(0, mostReports).map((id) => readFile(this.#file(id), 'utf8').catch(() => undefined)),
    );
    return texts.flatMap((text) => {
      const parsed = v.safeParse(reportFile, text);
      return parsed.success ? [parsed.output] : [];
    });
  }

  async export(): Promise<string> {
    return `${JSON.stringify(await this.list(), null, 2)}\n`;
  }

  /** One, or all with null. */
  async delete(id: string | null): Promise<void> {
    this.#next(async () => {
      const ids = await this.#ids();
      const doomed = id === null ? ids : ids.filter((each) => each === id);
      await Promise.all(doomed.map((each) => rm(this.#file(each), { force: true })));
    });
    await this.#work;
  }

  #next(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error) => console.error('bulkhead: crash reports:', error));
  }

  /** What a full disk, or a kill, has left of a report that was being written. */
  async #removeUnfinished(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.json.next'));
    await Promise.all(names.map((name) => rm(path.join(this.#folder, name), { force: true })));
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }

  /** Newest first: a name begins with its time. */
  async #ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []); // nothing has ended yet
    return names
      .filter((name) => /^\d+-\d+-\d+\.json$/.test(name))
      .map((name) => name.slice(0, -'.json'.length))
      .sort((one, other) => Number(other.split('-')[0]) - Number(one.split('-')[0]) || other.localeCompare(one));
  }
}

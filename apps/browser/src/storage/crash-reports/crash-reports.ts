import { EventEmitter } from 'node:events';
import { release } from 'node:os';
import path from 'node:path';
import { type CrashReport, type CrashReportList, crashReport } from '@bulkhead/contracts';
import * as v from 'valibot';
import { fewAtOnce } from '../../timing/few-at-once.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import { readFileAside, readFolderHere } from '../files/read-file.ts';
import { removeFile, replaceFile } from '../files/write-file.ts';

/**
 * Limit for reports of real faults, and a second one for reports of the fault matrix: neither kind pushes out the
 * other.
 */
const mostReports = 50;
/** Size limit of one file, many times what a report takes. */
const mostBytes = 64 * 1024;
const part = 'crash-reports';

export type NewCrashReport = Pick<CrashReport, 'victim' | 'name' | 'reason' | 'signal' | 'exitCode' | 'pid'> &
  Partial<Pick<CrashReport, 'at' | 'livedMs' | 'memoryKiB' | 'message' | 'versions' | 'ofMatrix'>>;

const reportFile = v.pipe(v.string(), v.parseJson(), crashReport);

export interface CrashReportsOptions {
  folder: string;
  versions: CrashReport['versions'];
  /** Whether the user wants new reports to be kept. */
  keeps?: () => boolean;
  troubles: ProfileTroubles;
}

/**
 * Keeps one small file for each process that crashed, in a folder of the profile, the newest 50. A report leaves this
 * machine only when the user exports it, and contains no address of a page.
 */
export class CrashReports extends EventEmitter<{ changed: [] }> {
  /** True while the matrix runs: it causes the end of every process that is not a tab's. */
  matrixRuns = false;
  readonly #folder: string;
  readonly #versions: CrashReport['versions'];
  readonly #keeps: () => boolean;
  readonly #troubles: ProfileTroubles;
  /** Reports of this run that could not be written yet. */
  #unwritten: CrashReport[] = [];
  /** Runs writes and deletions one after the other. */
  #work: Promise<void> = Promise.resolve();
  #count = 0;
  #closed = false;

  constructor({ folder, versions, keeps = () => true, troubles }: CrashReportsOptions) {
    super();
    // Each document of the crash reports page adds a listener.
    this.setMaxListeners(0);
    this.#folder = folder;
    this.#versions = versions;
    this.#keeps = keeps;
    this.#troubles = troubles;
  }

  add(report: NewCrashReport): void {
    if (this.#closed || !this.#keeps()) return;
    const at = Math.max(0, Math.round(report.at ?? Date.now()));
    const full: CrashReport = {
      message: null,
      memoryKiB: null,
      versions: this.#versions,
      ofMatrix: false,
      ...report,
      // The clock may have been put back since the process started.
      livedMs: typeof report.livedMs === 'number' ? Math.max(0, report.livedMs) : null,
      id: `${at}-${process.pid}-${this.#count++}${report.ofMatrix ? matrixEnding : ''}`,
      at,
      system: `${process.platform} ${release()} ${process.arch}`.slice(0, 128),
    };
    this.#next(async () => {
      this.#unwritten = [full, ...this.#unwritten].slice(0, mostReports);
      await this.#write();
      const surplus = inKinds(this.#ids()).flatMap((ids) => ids.slice(mostReports));
      // Never remove the report that was just written.
      for (const id of surplus) if (id !== full.id) removeFile(this.#file(id));
      this.#removeUnfinished();
    });
  }

  /** The browser shuts down and ends its processes: do not report their ends. */
  close(): void {
    this.#closed = true;
  }

  /** Returns reports, newest first, and counts files that are damaged or that are not reports. */
  async list(): Promise<CrashReportList> {
    await this.#work;
    const folder = readFolderHere(this.#folder);
    if (folder.is === 'unreadable') this.#troubles.unread(part, folder.why, this.#folder);
    const ids = inKinds(this.#ids()).flatMap((each) => each.slice(0, mostReports));
    const files = await fewAtOnce(ids, (id) => readFileAside(this.#file(id), mostBytes));
    const kept = files.flatMap((file, index) => {
      const parsed = file.is === 'read' ? v.safeParse(reportFile, file.content.toString()) : undefined;
      // A copy under another name would list one report twice.
      return parsed?.success && parsed.output.id === ids[index] ? [parsed.output] : [];
    });
    const gone = files.filter(({ is }) => is === 'missing').length;
    return {
      reports: [...this.#unwritten, ...kept].sort((one, other) => orderOf(other.id) - orderOf(one.id)),
      readable: folder.is !== 'unreadable',
      unread: files.length - gone - kept.length,
      unwritten: this.#unwritten.length,
    };
  }

  async export(): Promise<string> {
    return `${JSON.stringify((await this.list()).reports, null, 2)}\n`;
  }

  /** Deletes one report, or all with null. Returns false when a file could not be removed. */
  async delete(id: string | null): Promise<boolean> {
    let gone = false;
    this.#next(async () => {
      this.#unwritten = id === null ? [] : this.#unwritten.filter((each) => each.id !== id);
      for (const each of this.#ids()) if (id === null || each === id) removeFile(this.#file(each));
      gone = true;
      this.#troubles.written(part);
    });
    await this.#work;
    return gone;
  }

  #next(step: () => Promise<void>): void {
    this.#work = this.#work
      .then(step)
      .catch((error) => this.#troubles.unwritten(part, error))
      .then(() => void this.emit('changed'));
  }

  /** Writes the waiting reports, oldest first, including those that found no room earlier. */
  async #write(): Promise<void> {
    for (const report of this.#unwritten.toReversed()) {
      await replaceFile(this.#file(report.id), [JSON.stringify(report, null, 2)]);
      this.#unwritten = this.#unwritten.filter((each) => each !== report);
    }
    this.#troubles.written(part);
  }

  /** Removes partly written files that a full disk or a kill has left. */
  #removeUnfinished(): void {
    for (const name of namesIn(this.#folder)) {
      if (name.endsWith('.json.next')) removeFile(path.join(this.#folder, name));
    }
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }

  /** Newest first. A name begins with the time of its report. */
  #ids(): string[] {
    return namesIn(this.#folder)
      .filter((name) => /^\d{1,16}-\d+-\d+(-matrix)?\.json$/.test(name))
      .map((name) => name.slice(0, -'.json'.length))
      .sort((one, other) => orderOf(other) - orderOf(one) || other.localeCompare(one));
  }
}

const matrixEnding = '-matrix';

function namesIn(folder: string): string[] {
  const found = readFolderHere(folder);
  return found.is === 'read' ? found.content : [];
}

/** Sorts a time in the future as the oldest: the report was written before the clock was put back. */
function orderOf(id: string): number {
  const at = Number(id.split('-')[0]);
  return at > Date.now() ? -1 : at;
}

/** Splits the ids into those of the fault matrix and the others. */
const inKinds = (ids: readonly string[]): string[][] => [
  ids.filter((id) => id.endsWith(matrixEnding)),
  ids.filter((id) => !id.endsWith(matrixEnding)),
];

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from './result.ts';

/** Identifies the processes and files of one run. */
export interface Run {
  /** Value of BULKHEAD_RUN in the environment of all processes of the run. */
  readonly id: string;
  /** Folder for temporary files of the run: TMPDIR of all its processes. */
  readonly temporary: string;
  /** Names in /dev/shm before the run. */
  readonly sharedMemoryBefore: ReadonlySet<string>;
}

const SHARED_MEMORY = '/dev/shm';

/** Longest wait for processes that are ending. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * Returns the names in /dev/shm, without Chromium's. A Chromium object has a name only between creation and unlinking;
 * a process that a test kills (SIGKILL) in that moment leaves it. The next start of the app removes it.
 */
export function sharedMemoryNames(): Set<string> {
  return new Set(list(SHARED_MEMORY).filter((name) => !/^\.org\.chromium\.Chromium\.\w{6}$/.test(name)));
}

/** Checks that the run has left nothing behind: no processes, shared memory or temporary files. */
export async function checkLeftovers(run: Run, patienceMs = PATIENCE_MS): Promise<Result> {
  const started = performance.now();
  const deadline = started + patienceMs;
  let found = look(run);
  while (found.some(({ left }) => left.length > 0) && performance.now() < deadline) {
    await delay(LOOK_AGAIN_MS);
    found = look(run);
  }
  const failed = found.filter(({ left }) => left.length > 0);
  const output = failed.flatMap(({ what, left }) => [`${what} left behind:`, ...left.map((each) => `  ${each}`)]);
  return {
    name: 'nothing left behind',
    passed: found.length - failed.length,
    failed: failed.length,
    skipped: 0,
    output: output.join('\n'),
    seconds: (performance.now() - started) / 1000,
  };
}

function look(run: Run): { what: string; left: string[] }[] {
  return [
    { what: 'processes', left: processesOf(run) },
    { what: 'shared-memory objects', left: sharedMemoryOf(run) },
    { what: 'temporary files', left: temporaryFilesOf(run) },
  ];
}

/**
 * Returns the temporary files, except folders of Chromium's singleton socket, which a killed Chromium cannot remove.
 */
function temporaryFilesOf({ temporary }: Run): string[] {
  const names = readdirSync(temporary).filter((name) => !/^scoped_dir[A-Za-z0-9]{6}$/.test(name));
  return names.map((name) => path.join(temporary, name));
}

function processesOf(run: Run): string[] {
  return processIds().flatMap((pid) => {
    // Chromium's children have no environment, but their command line names the profile, which is in the run's folder.
    const commandLine = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
    const environment = read(`/proc/${pid}/environ`).split('\0');
    const isOurs = environment.includes(`BULKHEAD_RUN=${run.id}`) || commandLine.includes(run.temporary);
    return isOurs && pid !== process.pid ? [`${pid} ${commandLine}`] : [];
  });
}

/** Returns new objects that no process uses. Objects in use belong to other runs. */
function sharedMemoryOf(run: Run): string[] {
  const added = [...sharedMemoryNames()].filter((name) => !run.sharedMemoryBefore.has(name));
  if (added.length === 0) return [];
  const held = heldFiles();
  return added.map((name) => path.join(SHARED_MEMORY, name)).filter((file) => !held.has(file));
}

function heldFiles(): Set<string> {
  const files = new Set<string>();
  for (const pid of processIds()) {
    for (const mapping of read(`/proc/${pid}/maps`).split('\n')) {
      const start = mapping.indexOf(SHARED_MEMORY);
      if (start > 0) files.add(mapping.slice(start));
    }
    for (const descriptor of list(`/proc/${pid}/fd`)) files.add(target(`/proc/${pid}/fd/${descriptor}`));
  }
  return files;
}

function processIds(): number[] {
  return list('/proc').map(Number).filter(Number.isInteger);
}

/**
 * Reads a file, or returns '' if it cannot: the process ended, belongs to another user, or the system has no such file.
 */
function read(file: string): string {
  return orNothing(() => readFileSync(file, 'utf8'), '');
}

function list(folder: string): string[] {
  return orNothing(() => (statSync(folder).isDirectory() ? readdirSync(folder) : []), []);
}

function target(link: string): string {
  return orNothing(() => readlinkSync(link), '');
}

function orNothing<T>(look: () => T, nothing: T): T {
  try {
    return look();
  } catch {
    return nothing;
  }
}

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from './result.ts';

/** What tells the processes and files of one run from all others on the machine. */
export interface Run {
  /** Stands in the environment of everything that the run starts, as the value of BULKHEAD_RUN. */
  readonly id: string;
  /** The run's folder for temporary files: TMPDIR of everything that it starts. */
  readonly temporary: string;
  /** Names that were in /dev/shm before. */
  readonly sharedMemoryBefore: ReadonlySet<string>;
}

const SHARED_MEMORY = '/dev/shm';

/** What has just been told to end may take this long. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * All but Chromium's own, which has a name for the moment between its making and its unlinking: a process that a test
 * kills (SIGKILL) in that moment leaves it. The next start of the application removes it.
 */
export function sharedMemoryNames(): Set<string> {
  return new Set(list(SHARED_MEMORY).filter((name) => !/^\.org\.chromium\.Chromium\.\w{6}$/.test(name)));
}

/** Whether the run has left anything behind: a check each for processes, shared memory and temporary files. */
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

/** All but the folder of Chromium's own singleton socket: one that a test kills (SIGKILL) cannot remove it. */
function temporaryFilesOf({ temporary }: Run): string[] {
  const names = readdirSync(temporary).filter((name) => !/^scoped_dir[A-Za-z0-9]{6}$/.test(name));
  return names.map((name) => path.join(temporary, name));
}

function processesOf(run: Run): string[] {
  return processIds().flatMap((pid) => {
    // Chromium's children lose their environment; their command line names the profile, which lies in the run's folder.
    const commandLine = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
    const environment = read(`/proc/${pid}/environ`).split('\0');
    const isOurs = environment.includes(`BULKHEAD_RUN=${run.id}`) || commandLine.includes(run.temporary);
    return isOurs && pid !== process.pid ? [`${pid} ${commandLine}`] : [];
  });
}

/** New objects that nobody holds any more: those that are in use belong to someone else's process. */
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

/** Processes end while one looks, other users' are closed, and not every system has such files: all read as nothing. */
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

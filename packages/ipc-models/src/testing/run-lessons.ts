import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LessonEvent, LessonFacts, LessonFigure, LessonUpdate } from '@bulkhead/contracts';

/** A run that reached its end. */
export interface FinishedRun extends Omit<LessonUpdate, 'figures'> {
  /** The figures at the end, by name. */
  readonly figures: Readonly<Record<string, LessonFigure>>;
  readonly facts: LessonFacts;
  readonly answer: string;
  readonly held: boolean;
  /**
   * Returns the events of one process (or of the director, `browser`), in the order of their start; without a name,
   * all.
   */
  eventsOf(actor?: string): LessonEvent[];
}

interface Where {
  /** Launcher that starts the app, as an allowed user. */
  readonly electron: string;
  readonly app: string;
}

/**
 * Starts the app once, runs these lessons one after the other on real processes, and resolves to their records in the
 * same order. `requests` are names with parameters, such as `lost-update?protection=none`. Rejects if a run did not
 * reach its end. It does not check that the claim of a lesson held.
 */
export async function runLessons(...requests: readonly string[]): Promise<FinishedRun[]> {
  return (await runLab(requests)).lessons.map(finished);
}

/**
 * Runs lessons and resolves for any kind of end. `limits` lower the limits of the lessons. `code`: exit code of the
 * app.
 */
export async function runLab(
  requests: readonly string[],
  limits: Readonly<Record<string, number>> = {},
): Promise<{ code: number | null; lessons: LessonUpdate[] }> {
  const { BULKHEAD_WHERE: where } = process.env;
  if (!where) throw new Error('BULKHEAD_WHERE is not set: run the tests with `npm test`');
  const { electron, app } = JSON.parse(where) as Where;
  const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-lessons-'));
  try {
    // The app may run as another user. It writes its output and temporary files into this folder, which is removed at
    // the end.
    await chmod(folder, 0o777);
    const output = path.join(folder, 'lab');
    const args = [app, '--profile', path.join(folder, 'profile'), '--lab', requests.join(','), '--lab-output', output];
    for (const [name, value] of Object.entries(limits)) args.push('--limit', `${name}=${value}`);
    const { code, log } = await run(electron, args, { ...process.env, TMPDIR: folder, BULKHEAD_END_WITH_PARENT: '1' });
    const text = await readFile(path.join(output, 'result.json'), 'utf8').catch((cause: unknown) => {
      throw new Error(`the lab has no result (exit code ${code}):\n${log}`, { cause });
    });
    return { code, lessons: (JSON.parse(text) as { lessons: LessonUpdate[] }).lessons };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  return new Promise<{ code: number | null; log: string }>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, log }));
  });
}

function finished(run: LessonUpdate): FinishedRun {
  const { lesson, ending, error, outcome, events } = run;
  if (ending !== 'done' || !outcome) throw new Error(`${lesson} ended: ${ending}: ${error ?? ''}`);
  const inOrder = events.toSorted((a, b) => a.startUs - b.startUs);
  return {
    ...run,
    ...outcome,
    figures: Object.fromEntries(run.figures.map(({ name, figure }) => [name, figure])),
    eventsOf: (actor) => inOrder.filter((each) => actor === undefined || each.actor === actor),
  };
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LessonRequest, lessonRequest, parametersOf, runsOn, withLowerLimits } from '@bulkhead/ipc-models/lab';
import { findRequested, lessons } from '@bulkhead/ipc-models/lessons';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { callerPath } from '../checkout.ts';
import { runApplication } from '../setup/application.ts';
import { withDisplay } from '../setup/display.ts';
import { prepare } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { formatRun, type LabResult } from './lab-report.ts';
import { readOwned } from './read-owned.ts';

export interface LabOptions {
  readonly list?: true;
  /** File for the result; `true`: the standard output. */
  readonly json?: string | true;
  /** Parameters, each `name=value`. */
  readonly set?: readonly string[];
  /** Limits lower than those of the lessons, each `name=value`. */
  readonly limit?: readonly string[];
}

/**
 * Lists the lessons, or runs some (`all` for every one) on real processes without a window, and prints the results.
 * @param asked names, optionally with parameters as in an address: `lost-update?protection=none`
 * @returns 0 if the claims of the lessons held
 */
export async function runLab(
  asked: readonly string[],
  { list, json, set = [], limit = [] }: LabOptions,
): Promise<number> {
  if (list || asked.length === 0) {
    const listed = lessons.map(({ id, statement, words, parameters, limits }) => ({
      id,
      statement,
      title: words.en.title,
      parameters,
      limits,
    }));
    if (json) write(json, `${JSON.stringify(listed, null, 2)}\n`);
    else for (const each of listed) process.stdout.write(`${each.statement}  ${each.id.padEnd(28)}  ${each.title}\n`);
    return 0;
  }
  const requests = asked.includes('all') ? allThatRun() : asked;
  for (const each of requests) check(lessonRequest(each), set, limit);
  const prepared = await prepare();
  return withPrivateFolder(prepared.account, async (folder) => {
    const output = path.join(folder, 'lab');
    const args = ['--profile', path.join(folder, 'profile'), '--lab', requests.join(','), '--lab-output', output];
    const settings = [...set.flatMap((each) => ['--set', each]), ...limit.flatMap((each) => ['--limit', each])];
    const code = await withDisplay(prepared, (display) => runApplication(prepared, [...args, ...settings], display));
    const text = readOwned(path.join(output, 'result.json'));
    if (text === undefined) {
      throw new SetupFailure(`The lab has no result (the application ended with ${code}, see above).`, [
        'run it again; if it happens again, report its output.',
      ]);
    }
    const result = JSON.parse(text.toString()) as LabResult;
    if (json !== true) for (const run of result.lessons) process.stdout.write(`${formatRun(run)}\n`);
    if (json) write(json, text.toString());
    return code;
  });
}

/** Returns every lesson that runs on this system, and reports how many do not. */
function allThatRun(): string[] {
  const running = lessons.filter((each) => runsOn(each, process.platform));
  const left = lessons.length - running.length;
  if (left > 0) say(`${left} of ${lessons.length} lessons need Linux and are left out`);
  return running.map(({ id }) => id);
}

function check({ lesson: id, parameters }: LessonRequest, set: readonly string[], limit: readonly string[]): void {
  const pairs = (texts: readonly string[]): Record<string, string> =>
    Object.fromEntries(texts.map((each) => [each.split('=')[0], each.split('=').slice(1).join('=')]));
  const forAll = pairs(set);
  const requested = findRequested(id, { ...forAll, ...parameters });
  const lesson = requested?.lesson;
  if (!lesson) throw new SetupFailure(`There is no lesson ${JSON.stringify(id)}.`, 'npm run lab -- --list names them.');
  if (!runsOn(lesson, process.platform)) {
    throw new SetupFailure(`Lesson ${id} needs Linux; this is ${process.platform}.`, 'run it on Linux.');
  }
  if (!withLowerLimits(lesson, pairs(limit))) {
    const own = Object.entries(lesson.limits).map(([name, value]) => `${name}=${value} or less`);
    throw new SetupFailure(`Lesson ${id} takes no such limits.`, ['it takes:', ...own]);
  }
  if (parametersOf(lesson, requested.given)) return;
  const known = Object.entries(lesson.parameters).map(([name, each]) =>
    each.kind === 'choice' ? `${name}=${each.options.join('|')}` : `${name}=${each.minimum}…${each.maximum}`,
  );
  throw new SetupFailure(`Lesson ${id} takes no such parameters.`, ['it takes:', ...known]);
}

function write(target: string | true, text: string): void {
  if (target === true) {
    process.stdout.write(text);
    return;
  }
  const file = callerPath(target);
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new SetupFailure(`${file} cannot be written (${systemErrorCode(error)}).`, 'name another file by --json.', {
      cause: error,
    });
  }
}

import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../checkout.ts';
import { collect } from '../setup/child.ts';
import { onExit } from '../setup/exit.ts';
import { makeTemporaryFolder } from '../setup/private-folder.ts';
import { type Counts, type Result, settle } from './result.ts';

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** Runs the unit tests, a project of vitest.config.ts. */
export function runUnitTests(environment: NodeJS.ProcessEnv): Promise<Result> {
  return runVitest('unit tests', ['--project', 'unit'], environment);
}

export function runIntegrationTests(environment: NodeJS.ProcessEnv): Promise<Result> {
  return runVitest('integration tests', ['--project', 'integration'], environment);
}

export function runLessonTests(environment: NodeJS.ProcessEnv): Promise<Result> {
  return runVitest('tests of the lessons', ['--project', 'lessons'], environment);
}

/** Runs files, each in its project, and shows their output live. */
export function runTestFiles(name: string, files: readonly string[], environment: NodeJS.ProcessEnv): Promise<Result> {
  return runVitest(name, files, environment, true);
}

/** @param environment added to the environment of this process */
export async function runVitest(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  live = false,
): Promise<Result> {
  const started = performance.now();
  const folder = makeTemporaryFolder('bulkhead-vitest-');
  const remove = onExit(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const file = path.join(folder, 'report.json');
    const program = path.join(checkout, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code, output } = await collect(process.execPath, [program, 'run', ...args, ...reporters], {
      cwd: checkout,
      env: { ...process.env, ...environment },
      live,
    });
    return {
      name,
      ...settle(countsIn(file), code),
      output: live ? '' : output,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    remove();
  }
}

function countsIn(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { checkout } from '../checkout.ts';
import { collect } from '../setup/child.ts';
import { withDisplays } from '../setup/display.ts';
import { launched } from '../setup/launcher.ts';
import { type Prepared, where } from '../setup/prepare.ts';
import { type Counts, type Result, settle } from './result.ts';

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Each test runs an app of about ten processes. Several of them on one processor would wait for each other. */
const PROCESSORS_EACH = 2;
const MOST_AT_ONCE = 4;

/**
 * Runs the Playwright tests as the user that runs the app, one at a time for every two processors.
 * @param folder folder of that user for report and artefacts
 * @param choice arguments for Playwright (files and options); if given, the output is shown live
 */
export function runEndToEndTests(
  prepared: Prepared,
  folder: string,
  environment: NodeJS.ProcessEnv,
  choice?: readonly string[],
): Promise<Result> {
  const atOnce = Math.min(Math.ceil(availableParallelism() / PROCESSORS_EACH), MOST_AT_ONCE);
  return withDisplays(prepared, atOnce, (displays) =>
    runPlaywright(
      prepared,
      folder,
      displays,
      { ...environment, BULKHEAD_WHERE: JSON.stringify(where(prepared)) },
      choice,
    ),
  );
}

/** @param displays one for each test that runs at the same time; empty if there is a display already */
async function runPlaywright(
  { launchers }: Prepared,
  folder: string,
  displays: readonly string[],
  environment: NodeJS.ProcessEnv,
  choice: readonly string[] | undefined,
): Promise<Result> {
  const started = performance.now();
  const live = choice !== undefined;
  const report = path.join(folder, 'report.json');
  const artefacts = path.join(folder, 'artefacts');
  const playwright = [path.join(checkout, 'node_modules/@playwright/test/cli.js'), 'test'];
  const config = ['--config', path.join(checkout, 'e2e/playwright.config.ts')];
  const { code, output } = await collect(
    ...launched(launchers, [process.execPath, ...playwright, ...config, ...(choice ?? [])]),
    {
      cwd: checkout,
      live,
      env: {
        ...process.env,
        ...environment,
        ...(displays.length > 0 && { DISPLAY: displays[0], BULKHEAD_DISPLAYS: displays.join(' ') }),
        BULKHEAD_E2E_REPORT: report,
        BULKHEAD_E2E_OUTPUT: artefacts,
        PWTEST_CACHE_DIR: path.join(folder, 'cache'), // otherwise compiled tests stay in the folder for temporary files
        BULKHEAD_END_WITH_PARENT: '1',
      },
    },
  );
  const counts = settle(countsIn(report), code);
  const kept = counts.failed > 0 && existsSync(artefacts) ? keep(artefacts) : '';
  return {
    name: 'end-to-end tests',
    ...counts,
    output: live ? kept : output + kept,
    seconds: (performance.now() - started) / 1000,
  };
}

function countsIn(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function keep(artefacts: string): string {
  const folder = path.join(checkout, 'test-results');
  cpSync(artefacts, folder, { recursive: true });
  return `\nscreenshots and traces of the failed tests: ${folder}\n`;
}

import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../checkout.ts';
import { collect } from '../setup/child.ts';
import { launched } from '../setup/launcher.ts';
import type { Prepared } from '../setup/prepare.ts';
import { type Counts, type Result, settle } from './result.ts';

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/**
 * Runs the Playwright tests as the user whom the application runs as.
 * @param folder is that user's; report and artefacts go there
 */
export async function runEndToEndTests(
  { launchers }: Prepared,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Result> {
  const started = performance.now();
  const report = path.join(folder, 'report.json');
  const artefacts = path.join(folder, 'artefacts');
  const playwright = [path.join(checkout, 'node_modules/@playwright/test/cli.js'), 'test'];
  const config = ['--config', path.join(checkout, 'e2e/playwright.config.ts')];
  const { code, output } = await collect(...launched(launchers, [process.execPath, ...playwright, ...config]), {
    cwd: checkout,
    env: {
      ...process.env,
      ...environment,
      BULKHEAD_E2E_REPORT: report,
      BULKHEAD_E2E_OUTPUT: artefacts,
      PWTEST_CACHE_DIR: path.join(folder, 'cache'), // of compiled tests; else it stays in the folder for temporary files
      BULKHEAD_END_WITH_PARENT: '1',
    },
  });
  const counts = settle(countsIn(report), code);
  const kept = counts.failed > 0 && existsSync(artefacts) ? keep(artefacts) : '';
  return { name: 'end-to-end tests', ...counts, output: output + kept, seconds: (performance.now() - started) / 1000 };
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

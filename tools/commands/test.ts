import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Account, ensureAccount, isRoot } from '../bootstrap/account.mjs';
import { describeError } from '../bootstrap/failure.mjs';
import { withDisplay } from '../setup/display.ts';
import { prepare, where } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';
import { checkLeftovers, type Run, sharedMemoryNames } from '../verify/leftovers.ts';
import { allPassed, type Result, report, total } from '../verify/result.ts';
import { runIntegrationTests, runLessonTests } from '../verify/vitest.ts';
import { check } from './check.ts';

/** Runs everything that can fail. The last line on stdout sums it up: `N passed, N failed`. */
export async function runTest(): Promise<number> {
  const account = isRoot() ? ensureAccount() : undefined;
  const results: Result[] = [];
  await withPrivateFolder(account, async (folder) => {
    const run: Run = {
      id: randomUUID(),
      temporary: makeFolder(path.join(folder, 'tmp'), account),
      sharedMemoryBefore: sharedMemoryNames(),
    };
    // Node's compile cache would stay in the temporary folder, where a test's leftovers are looked for.
    const environment = { BULKHEAD_RUN: run.id, TMPDIR: run.temporary, NODE_DISABLE_COMPILE_CACHE: '1' };
    results.push(...(await check(environment)));
    for await (const result of testApplication(makeFolder(path.join(folder, 'e2e'), account), environment)) {
      process.stdout.write(report(result));
      results.push(result);
    }
    const leftovers = await checkLeftovers(run);
    process.stdout.write(report(leftovers));
    results.push(leftovers);
  });
  process.stdout.write(`${total(results)}\n`);
  return allPassed(results) ? 0 : 1;
}

/** One runner after the other: on a small machine they would disturb each other's timing. */
async function* testApplication(folder: string, environment: NodeJS.ProcessEnv): AsyncGenerator<Result> {
  try {
    const prepared = await prepare();
    const whereabouts = { ...environment, BULKHEAD_WHERE: JSON.stringify(where(prepared)) };
    yield await withDisplay(prepared, (display) => runIntegrationTests({ ...whereabouts, ...display }));
    yield await withDisplay(prepared, (display) => runLessonTests({ ...whereabouts, ...display }));
    yield await withDisplay(prepared, (display) => runEndToEndTests(prepared, folder, { ...whereabouts, ...display }));
  } catch (error) {
    yield { name: 'set-up', passed: 0, failed: 1, skipped: 0, output: describeError(error), seconds: 0 };
  }
}

/** For whoever runs the application. */
function makeFolder(folder: string, account: Account | undefined): string {
  mkdirSync(folder);
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describeError } from '../bootstrap/failure.mjs';
import { withDisplay } from '../setup/display.ts';
import { type Prepared, prepare, where } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';
import { checkLeftovers, type Run, sharedMemoryNames } from '../verify/leftovers.ts';
import { allPassed, type Result, report, total } from '../verify/result.ts';
import { runIntegrationTests } from '../verify/vitest.ts';
import { check } from './check.ts';

/** Runs everything that can fail. The last line on stdout sums it up: `N passed, N failed`. */
export async function runTest(): Promise<number> {
  const results = await check();
  try {
    const prepared = await prepare();
    await withPrivateFolder(prepared.account, (folder) => runOnApplication(prepared, folder, results));
  } catch (error) {
    const output = describeError(error);
    results.push({ name: 'set-up', passed: 0, failed: 1, skipped: 0, output, seconds: 0 });
    process.stdout.write(`${output}\n`);
  }
  process.stdout.write(`${total(results)}\n`);
  return allPassed(results) ? 0 : 1;
}

async function runOnApplication(prepared: Prepared, folder: string, results: Result[]): Promise<void> {
  const add = (result: Result) => {
    process.stdout.write(report(result));
    results.push(result);
  };
  const run: Run = {
    id: randomUUID(),
    temporary: makeFolder(path.join(folder, 'tmp'), prepared),
    sharedMemoryBefore: sharedMemoryNames(),
  };
  const environment = {
    BULKHEAD_RUN: run.id,
    TMPDIR: run.temporary,
    BULKHEAD_WHERE: JSON.stringify(where(prepared)),
  };
  await withDisplay(prepared, async (display) => {
    // One after the other: on a small machine they would disturb each other's timing.
    add(await runIntegrationTests({ ...environment, ...display }));
    add(
      await runEndToEndTests(prepared, makeFolder(path.join(folder, 'e2e'), prepared), { ...environment, ...display }),
    );
  });
  add(await checkLeftovers(run));
}

/** For whoever runs the application. */
function makeFolder(folder: string, { account }: Prepared): string {
  mkdirSync(folder);
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Account, ensureAccount, isRoot } from '../bootstrap/account.mjs';
import { describeError } from '../bootstrap/failure.mjs';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { checkLeftovers, type Run, sharedMemoryNames } from './leftovers.ts';
import { allPassed, type Result, report, total } from './result.ts';

/** Environment and folder for tests. */
export interface Surroundings {
  /** Environment of the processes that they start. */
  readonly environment: NodeJS.ProcessEnv;
  /** Folder for reports and artefacts. It belongs to the user that runs the app. */
  readonly folder: string;
}

export type Tell = (result: Result) => void;

/**
 * Runs tests, reports each result as it comes, and looks for leftovers at the end. The last line on stdout is
 * `N passed, N failed`.
 * @returns the exit code
 */
export async function runTests(work: (surroundings: Surroundings, tell: Tell) => Promise<void>): Promise<number> {
  const account = isRoot() ? ensureAccount() : undefined;
  const results: Result[] = [];
  const tell: Tell = (result) => {
    process.stdout.write(report(result));
    results.push(result);
  };
  await withPrivateFolder(account, async (folder) => {
    const run: Run = {
      id: randomUUID(),
      temporary: makeFolder(path.join(folder, 'tmp'), account),
      sharedMemoryBefore: sharedMemoryNames(),
    };
    // Node's compile cache would stay in the temporary folder and count as a leftover.
    const environment = { BULKHEAD_RUN: run.id, TMPDIR: run.temporary, NODE_DISABLE_COMPILE_CACHE: '1' };
    try {
      await work({ environment, folder: makeFolder(path.join(folder, 'e2e'), account) }, tell);
    } catch (error) {
      tell({ name: 'set-up', passed: 0, failed: 1, skipped: 0, output: describeError(error), seconds: 0 });
    }
    tell(await checkLeftovers(run));
  });
  process.stdout.write(`${total(results)}\n`);
  return allPassed(results) ? 0 : 1;
}

/** Makes a folder for the user that runs the app. */
function makeFolder(folder: string, account: Account | undefined): string {
  mkdirSync(folder);
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

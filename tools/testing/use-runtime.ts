// Tests start this as a separate process. It takes Electron from the folders that the environment lists, in this order.
import { cpSync } from 'node:fs';
import { findAccount, isRoot } from '../bootstrap/account.mjs';
import { describeError } from '../bootstrap/failure.mjs';
import { endOnSignals } from '../setup/exit.ts';
import { REGISTRY, RELEASE } from '../setup/runtime.ts';
import { usableRuntime } from '../setup/usable-runtime.ts';

const folders = JSON.parse(process.env.TEST_RUNTIMES ?? '[]') as string[];
const limitMs = Number(process.env.TEST_LIMIT_MS);
const sources = folders.map((from, index) => ({
  ...(index === 0 ? RELEASE : REGISTRY),
  runsHere: true,
  install: async (folder: string) => cpSync(from, folder, { recursive: true }),
}));

endOnSignals();
try {
  const account = isRoot() ? findAccount('bulkhead') : undefined;
  process.stdout.write(`${JSON.stringify(await usableRuntime(account, { sources, limitMs }))}\n`);
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}

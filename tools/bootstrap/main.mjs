import path from 'node:path';
import { ensureAccount, isRoot } from './account.mjs';
import { installDependencies } from './dependencies.mjs';
import { describeError } from './failure.mjs';
import { handOver } from './hand-over.mjs';
import { readableCheckout } from './work-copy.mjs';

/** The commands that run the application, which is never root. */
const RUN_THE_APPLICATION = new Set(['start', 'test', 'e2e', 'bench', 'chaos', 'lab', 'where']);
const ASKS_ONLY = new Set(['-h', '--help', '-V', '--version']);

/**
 * What has to happen before anything is installed: a checkout that the one who runs it can read, and its dependencies.
 * The rest is done by tools/cli.ts.
 * @param {string[]} args command and arguments
 */
export async function bootstrap(args) {
  try {
    let checkout = path.resolve(import.meta.dirname, '../..');
    if (isRoot()) {
      process.umask(0o022); // whatever root makes from here on, the unprivileged user can read
      const runs = RUN_THE_APPLICATION.has(args[0] ?? '') && !args.some((argument) => ASKS_ONLY.has(argument));
      if (runs) checkout = await readableCheckout(checkout, ensureAccount());
    }
    await installDependencies(checkout);
    await handOver(checkout, args);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 1;
  }
}

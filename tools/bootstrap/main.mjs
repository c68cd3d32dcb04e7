import path from 'node:path';
import { ensureAccount, isRoot } from './account.mjs';
import { installDependencies } from './dependencies.mjs';
import { describeError } from './failure.mjs';
import { handOver } from './hand-over.mjs';
import { readableCheckout } from './work-copy.mjs';

/** Commands that run the app, which never runs as root. */
const RUN_THE_APPLICATION = new Set(['start', 'dev', 'test', 'e2e', 'bench', 'chaos', 'lab', 'where']);
const ASKS_ONLY = new Set(['-h', '--help', '-V', '--version']);

/**
 * Prepares a checkout that the app's user can read, installs its dependencies, and hands over to tools/cli.ts.
 * @param {string[]} args command and arguments
 */
export async function bootstrap(args) {
  try {
    const origin = path.resolve(import.meta.dirname, '../..');
    let checkout = origin;
    if (isRoot()) {
      process.umask(0o022); // the unprivileged user can read all files that root makes from here on
      const runs = RUN_THE_APPLICATION.has(args[0] ?? '') && !args.some((argument) => ASKS_ONLY.has(argument));
      if (runs) checkout = await readableCheckout(checkout, ensureAccount());
    }
    await installDependencies(checkout);
    await handOver(checkout, args, origin);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 1;
  }
}

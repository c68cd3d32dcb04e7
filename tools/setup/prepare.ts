import { type Account, canRead, ensureAccount, isRoot } from '../bootstrap/account.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { checkout } from '../checkout.ts';
import { ensureBuilt } from './build.ts';
import { hasDisplay } from './display.ts';
import { type Launchers, writeLaunchers } from './launcher.ts';
import { ensureSystemPackages } from './libraries.ts';
import { describeRuntime, ensureRuntime, type Runtime } from './runtime.ts';
import { probeSandbox } from './sandbox.ts';

/** Everything that it takes to launch the application. */
export interface Prepared {
  readonly runtime: Runtime;
  /** Whom it runs as, when this process is root. */
  readonly account: Account | undefined;
  readonly launchers: Launchers;
}

/** What `npm run where` prints and what tests and benches get as BULKHEAD_WHERE. */
export interface Where {
  readonly electron: string;
  readonly app: string;
  readonly version: string;
  readonly source: Runtime['source'];
}

/**
 * Does what is not done yet of: account, system packages, runtime, build, launcher; and makes sure of the sandbox.
 * @throws SetupFailure for each that cannot be done
 */
export async function prepare(): Promise<Prepared> {
  if (process.platform !== 'linux') {
    throw new SetupFailure(`Bulkhead is set up and run on Linux; this is ${process.platform}.`, 'run it on Linux.');
  }
  const account = isRoot() ? ensureAccount() : undefined;
  await ensureSystemPackages(!hasDisplay());
  const runtime = await ensureRuntime();
  if (account && !canRead(account, [runtime.executable])) {
    throw new SetupFailure(`The user "${account.name}", whom the browser runs as, cannot read ${runtime.folder}.`, [
      'name a cache folder whose parents are open to other users:',
      'export BULKHEAD_CACHE_DIR=/some/other/folder',
    ]);
  }
  await ensureBuilt();
  probeSandbox(runtime, account);
  const launchers = writeLaunchers(runtime, account);
  say(describeRuntime(runtime));
  return { runtime, account, launchers };
}

export function where({ launchers, runtime }: Prepared): Where {
  return { electron: launchers.electron, app: checkout, version: runtime.version, source: runtime.source };
}

import { type Account, canRead, ensureAccount, isRoot } from '../bootstrap/account.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { checkout } from '../checkout.ts';
import { ensureBuilt } from './build.ts';
import { hasDisplay } from './display.ts';
import { type Launchers, writeLaunchers } from './launcher.ts';
import { ensureSystemPackages } from './libraries.ts';
import { whatElsewhereMeans } from './platform.ts';
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
 * Does what is not done yet of: account, system packages, runtime, build, launcher; and makes sure of the sandbox. On
 * another system than Linux: runtime, build and launcher alone.
 * @throws SetupFailure for each that cannot be done
 */
export async function prepare(): Promise<Prepared> {
  const isLinux = process.platform === 'linux';
  const notice = whatElsewhereMeans();
  if (notice) say(notice);
  const account = isRoot() ? ensureAccount() : undefined;
  if (isLinux) await ensureSystemPackages(!hasDisplay());
  const runtime = await ensureRuntime();
  if (account && !canRead(account, [runtime.executable])) {
    throw new SetupFailure(`The user "${account.name}", whom the browser runs as, cannot read ${runtime.folder}.`, [
      'name a cache folder whose parents are open to other users:',
      'export BULKHEAD_CACHE_DIR=/some/other/folder',
    ]);
  }
  await ensureBuilt();
  if (isLinux) probeSandbox(runtime, account); // elsewhere Chromium brings all that its sandbox needs
  const launchers = writeLaunchers(runtime, account);
  say(describeRuntime(runtime));
  return { runtime, account, launchers };
}

export function where({ launchers, runtime }: Prepared): Where {
  return { electron: launchers.electron, app: checkout, version: runtime.version, source: runtime.source };
}

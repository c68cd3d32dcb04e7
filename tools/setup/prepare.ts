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

/** Everything that is needed to launch the app. */
export interface Prepared {
  readonly runtime: Runtime;
  /** User that runs the app, if this process is root. */
  readonly account: Account | undefined;
  readonly launchers: Launchers;
}

/** Output of `npm run where`, which tests and benchmarks get as BULKHEAD_WHERE. */
export interface Where {
  readonly electron: string;
  readonly app: string;
  readonly version: string;
  readonly source: Runtime['source'];
}

/**
 * Does the missing steps of the set-up: account, system packages, Electron, build, launcher; and checks the sandbox. On
 * systems other than Linux: only Electron, build and launcher.
 * @param build bundles the app
 * @throws SetupFailure if a step fails
 */
export async function prepare(build = ensureBuilt): Promise<Prepared> {
  const isLinux = process.platform === 'linux';
  const notice = whatElsewhereMeans();
  if (notice) say(notice);
  const account = isRoot() ? ensureAccount() : undefined;
  if (isLinux) await ensureSystemPackages(!hasDisplay());
  const runtime = await ensureRuntime();
  if (account && !canRead(account, [runtime.executable])) {
    throw new SetupFailure(`The user "${account.name}", which runs the browser, cannot read ${runtime.folder}.`, [
      'name a cache folder whose parents are open to other users:',
      'export BULKHEAD_CACHE_DIR=/some/other/folder',
    ]);
  }
  await build();
  if (isLinux) probeSandbox(runtime, account); // elsewhere Chromium's sandbox needs nothing from the system
  const launchers = writeLaunchers(runtime, account);
  say(describeRuntime(runtime));
  return { runtime, account, launchers };
}

export function where({ launchers, runtime }: Prepared): Where {
  return { electron: launchers.electron, app: checkout, version: runtime.version, source: runtime.source };
}

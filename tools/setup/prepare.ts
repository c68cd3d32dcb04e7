import { ensureAccount, isRoot } from '../bootstrap/account.mjs';
import { say } from '../bootstrap/log.mjs';
import { checkout } from '../checkout.ts';
import { ensureBuilt } from './build.ts';
import { hasDisplay } from './display.ts';
import { type Launchable, writeLaunchers } from './launcher.ts';
import { ensureSystemPackages } from './libraries.ts';
import { whatElsewhereMeans } from './platform.ts';
import { describeRuntime, type Runtime } from './runtime.ts';
import { usableRuntime } from './usable-runtime.ts';

/** Everything that is needed to launch the app. */
export interface Prepared extends Launchable {
  readonly runtime: Runtime;
}

/** Output of `npm run where`, which tests and benchmarks get as BULKHEAD_WHERE. */
export interface Where {
  readonly electron: string;
  readonly app: string;
  readonly version: string;
  readonly source: Runtime['source'];
}

/**
 * Does the missing steps of the set-up: account, system packages, build, Electron, launcher; and checks the sandbox. On
 * systems other than Linux: only build, Electron and launcher.
 * @param build bundles the app
 * @throws SetupFailure if a step fails
 */
export async function prepare(build = ensureBuilt): Promise<Prepared> {
  const isLinux = process.platform === 'linux';
  const notice = whatElsewhereMeans();
  if (notice) say(notice);
  const account = isRoot() ? ensureAccount() : undefined;
  if (isLinux) await ensureSystemPackages(!hasDisplay());
  await build();
  const runtime = await usableRuntime(account);
  const launchers = writeLaunchers(runtime, account);
  say(describeRuntime(runtime));
  return { runtime, account, launchers };
}

export function where({ launchers, runtime }: Prepared): Where {
  return { electron: launchers.electron, app: checkout, version: runtime.version, source: runtime.source };
}

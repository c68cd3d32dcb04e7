import { mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { readableCheckout } from '../bootstrap/work-copy.mjs';
import { callerPath, checkout, origin } from '../checkout.ts';
import { DevApplication } from '../dev/dev-application.ts';
import { serveGallery } from '../dev/gallery.ts';
import { type Part, watchBuild } from '../dev/watch-build.ts';
import { hasDisplay } from '../setup/display.ts';
import { withSignalHandler } from '../setup/exit.ts';
import { prepare } from '../setup/prepare.ts';
import { addressOf } from './address.ts';
import { defaultProfile } from './default-profile.ts';

export interface DevOptions {
  readonly profile?: string;
  /** 0: any free port. */
  readonly inspectorPort: number;
  readonly devtoolsPort: number;
  /** Show the gallery of components in the first tab. */
  readonly components?: boolean;
}

const OUT = path.join(checkout, 'out/dev');

/**
 * Opens the window from its own build in out/dev, and follows the sources until the user closes the window. Shell and
 * pages come over the bulkhead: scheme, as in every other start. A development server would need another origin and a
 * weaker policy, and would not show what users get.
 * @returns the app's exit code
 */
export async function runDev(addresses: readonly string[], options: DevOptions): Promise<number> {
  if (!hasDisplay()) {
    throw new SetupFailure('There is no display to open a window on.', 'let DISPLAY name one that runs.');
  }
  await requireFree(options.inspectorPort, '--inspector-port');
  await requireFree(options.devtoolsPort, '--devtools-port');
  const prepared = await prepare(async () => writeManifest());
  const { account } = prepared;
  const application = new DevApplication({
    prepared,
    folder: OUT,
    switches: [`--inspect=127.0.0.1:${options.inspectorPort}`, `--remote-debugging-port=${options.devtoolsPort}`],
    profile: options.profile ? callerPath(options.profile) : defaultProfile('bulkhead-dev', account),
  });
  const gallery = options.components ? await serveGallery() : undefined;
  if (gallery) say(`components: ${gallery.address}`);
  const first = gallery ? [gallery.address, ...addresses] : addresses;
  const unfollow = account && origin !== checkout ? followOrigin(account) : () => undefined;
  let isFirst = true;
  const follow = async (changed: ReadonlySet<Part>) => {
    if (isFirst) {
      isFirst = false;
      say('opening the window; it follows the sources until it is closed');
      application.start(first.map(addressOf));
    } else if (changed.has('main') || !application.isRunning) {
      say('restarting the browser');
      await application.restart();
    } else if (changed.size > 0) {
      say('reloading shell and pages');
      await application.reload();
    }
  };
  let last = Promise.resolve();
  const unwatch = await watchBuild({
    outFolder: OUT,
    onBuilt: (changed) => {
      last = last.then(() => follow(changed)).catch((error) => say(`the change did not arrive: ${error}`));
    },
    onError: (part, error) => say(`${part} cannot be bundled; what was built before goes on\n${error.message}`),
  });
  try {
    return await withSignalHandler(
      (exitCode) => application.stop(exitCode),
      () => application.over,
    );
  } finally {
    unfollow();
    await gallery?.close();
    await unwatch();
  }
}

/** Gives the app in out/dev the name and the version of the checkout. */
function writeManifest(): void {
  const manifest = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, productName, version, type } = manifest;
  try {
    mkdirSync(OUT, { recursive: true });
    writeFileSync(
      path.join(OUT, 'package.json'),
      JSON.stringify({ name, productName, version, type, main: 'main/browser.js' }),
    );
  } catch (error) {
    throw new SetupFailure(
      `${OUT} cannot be written (${systemErrorCode(error)}).`,
      'run the command as the owner of the checkout, or in a clone of your own.',
    );
  }
}

/**
 * Carries changes of the user's checkout over into the copy of it that the browser's account can read.
 * @returns stops
 */
function followOrigin(account: Account): () => void {
  let timer: NodeJS.Timeout | undefined;
  const copy = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void readableCheckout(origin, account), 100);
  };
  const watchers = ['apps', 'packages', 'plugins', 'gallery'].map((each) =>
    watch(path.join(origin, each), { recursive: true }, copy),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** @throws SetupFailure when a program listens on this port */
async function requireFree(port: number, option: string): Promise<void> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', resolve);
  try {
    await promise;
  } catch (error) {
    throw new SetupFailure(
      `The port ${port} for debuggers cannot be used (${systemErrorCode(error)}).`,
      `end the other program that has it (another \`npm run dev\`?), or name another port by ${option}.`,
    );
  }
  server.close();
}

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type ElectronApplication, _electron as electron, errors } from '@playwright/test';

/** What `npm run -s where` prints. */
export interface Where {
  /** The command that starts the runtime. */
  electron: string;
  /** The application for it. */
  app: string;
}

export function where(): Where {
  const text = process.env.BULKHEAD_WHERE;
  if (!text) throw new Error('BULKHEAD_WHERE is not set: start the tests by `npm test`');
  return JSON.parse(text) as Where;
}

export interface LaunchOptions {
  /** The built application. Default: the one that is tested. */
  app?: string;
  /** Default: a fresh one. */
  profile?: string;
  /** Switches that Chromium takes. */
  switches?: string[];
  /** More of the environment. */
  environment?: Record<string, string>;
  /** What the system is taken to be. */
  theme?: 'light' | 'dark';
  /** Playwright's own default is false, which asks for --no-sandbox. */
  chromiumSandbox?: boolean;
  /** Where relative paths are taken from. */
  workingDirectory?: string;
  /** The test throws an error into the browser process, which is to end of it. */
  bugExpected?: boolean;
  /** Stands before the command: limits, another namespace. It must end by `exec`. */
  prefix?: string[];
  /** Runs the drill, which writes into this folder. */
  drill?: string;
}

type Start = LaunchOptions & { profile: string; temporary: string };

/** Longest that a start under the driver takes, ms. */
const attachMs = 40_000;

/**
 * Starts the application on a profile. Its temporary files go to the folder `temporary`, and to no other. On a machine
 * that is very busy the driver has been seen never to finish attaching (the application runs, and is ended by the
 * driver): it is started once more then, and the driver's own log says where it stood.
 */
export async function startApplication(addresses: string[], start: Start): Promise<ElectronApplication> {
  const isFresh = !existsSync(start.profile);
  try {
    return await startUnderDriver(addresses, start);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    process.stderr.write(`the driver did not finish attaching, and starts once more: ${error.message}\n`);
    // Else the tabs of the first start would be there, too, as those of a session that was killed.
    if (isFresh) await rm(start.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    return startUnderDriver(addresses, start);
  }
}

/**
 * V8 holds the answer to what its inspector evaluates by a weak reference, and now and then loses it
 * (https://github.com/microsoft/playwright/issues/33737): it is evaluated once more then, so it has to bear that.
 */
async function startUnderDriver(
  addresses: string[],
  { switches = [], chromiumSandbox = true, ...options }: Start,
): Promise<ElectronApplication> {
  const { electron: executablePath, app: tested } = where();
  const app = options.app ?? tested;
  const drill = options.drill ? ['--drill', '--drill-output', options.drill] : [];
  const application = await electron.launch({
    executablePath,
    args: [...switches, app, '--profile', options.profile, ...drill, ...addresses],
    chromiumSandbox,
    timeout: attachMs,
    // The driver would put its own idea of light and dark over the system's.
    colorScheme: null,
    ...(options.workingDirectory && { cwd: options.workingDirectory }),
    env: { ...process.env, ...options.environment, TMPDIR: options.temporary },
  });
  const evaluate: ElectronApplication['evaluate'] = application.evaluate.bind(application);
  application.evaluate = (...asked: Parameters<typeof evaluate>) =>
    evaluate(...asked).catch((error: Error) => {
      if (!error.message.includes('promise was garbage collected')) throw error;
      return evaluate(...asked);
    });
  return application;
}

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type ElectronApplication, _electron as electron, errors } from '@playwright/test';

/** The output of `npm run -s where`. */
export interface Where {
  /** The command that starts Electron. */
  electron: string;
  /** The application to start. */
  app: string;
  /** Version of Electron. */
  version: string;
}

export function where(): Where {
  const text = process.env.BULKHEAD_WHERE;
  if (!text) throw new Error('BULKHEAD_WHERE is not set: start the tests by `npm test`');
  return JSON.parse(text) as Where;
}

export interface LaunchOptions {
  /** The built application. Default: the one under test. */
  app?: string;
  /** Default: a new one. */
  profile?: string;
  /** Switches for Chromium. */
  switches?: string[];
  /** Additional environment variables. */
  environment?: Record<string, string>;
  /** The system's theme. */
  theme?: 'light' | 'dark';
  /** Playwright's own default is false, which passes --no-sandbox. */
  chromiumSandbox?: boolean;
  /** Folder against which relative paths are resolved. */
  workingDirectory?: string;
  /** The test throws an error into the browser process, and expects that to end it. */
  bugExpected?: boolean;
  /** Command prefix, for limits or another namespace. It must end by `exec`. */
  prefix?: string[];
  /** Runs the drill, which writes into this folder. */
  drill?: string;
}

type Start = LaunchOptions & { profile: string; temporary: string };

/** Longest time for a start under Playwright, ms. */
const attachMs = 40_000;

/**
 * Starts the application with a profile. Its temporary files go only to the folder `temporary`. On a very busy machine
 * Playwright sometimes never finishes attaching (the application runs, and Playwright ends it). Then it is started once
 * more, and Playwright's own log says where it stopped.
 */
export async function startApplication(addresses: string[], start: Start): Promise<ElectronApplication> {
  const isFresh = !existsSync(start.profile);
  try {
    return await startUnderDriver(addresses, start);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    process.stderr.write(`Playwright did not finish attaching, and starts again: ${error.message}\n`);
    // Otherwise the tabs of the first start would be there, too, as a killed session.
    if (isFresh) await rm(start.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    return startUnderDriver(addresses, start);
  }
}

/**
 * V8's inspector holds the result of an evaluation by a weak reference, and sometimes loses it
 * (https://github.com/microsoft/playwright/issues/33737). The expression is then evaluated again, so it must allow
 * that.
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
    // Playwright would override the system's color scheme.
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

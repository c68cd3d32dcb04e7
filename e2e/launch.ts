import { type ElectronApplication, _electron as electron } from '@playwright/test';

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
  /** Default: a fresh one. */
  profile?: string;
  /** Switches that Chromium takes. */
  switches?: string[];
  /** What the system is taken to be. */
  theme?: 'light' | 'dark';
  /** Playwright's own default is false, which asks for --no-sandbox. */
  chromiumSandbox?: boolean;
  /** Where relative paths are taken from. */
  workingDirectory?: string;
  /** The test throws an error into the browser process, which is to end of it. */
  bugExpected?: boolean;
  /** Runs the drill, which writes into this folder. */
  drill?: string;
}

/** Starts the application on a profile. Its temporary files go to the folder `temporary`, and to no other. */
export function startApplication(
  addresses: string[],
  { switches = [], chromiumSandbox = true, ...options }: LaunchOptions & { profile: string; temporary: string },
): Promise<ElectronApplication> {
  const { electron: executablePath, app } = where();
  const drill = options.drill ? ['--drill', '--drill-output', options.drill] : [];
  return electron.launch({
    executablePath,
    args: [...switches, app, '--profile', options.profile, ...drill, ...addresses],
    chromiumSandbox,
    // The driver would put its own idea of light and dark over the system's.
    colorScheme: null,
    ...(options.workingDirectory && { cwd: options.workingDirectory }),
    env: { ...process.env, TMPDIR: options.temporary },
  });
}

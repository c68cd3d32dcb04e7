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

type Start = LaunchOptions & { profile: string; temporary: string };

/** Longest that a start under the driver takes, ms; then it has lost a view that came while it attached. */
const attachMs = 40_000;

/**
 * Starts the application on a profile. Its temporary files go to the folder `temporary`, and to no other. The driver
 * now and then never finishes attaching to an application whose first views come at that very moment (the application
 * runs, and is ended by the driver): it is started once more then.
 */
export async function startApplication(addresses: string[], start: Start): Promise<ElectronApplication> {
  try {
    return await startUnderDriver(addresses, start);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    process.stderr.write('the driver did not finish attaching: started once more\n');
    return startUnderDriver(addresses, start);
  }
}

function startUnderDriver(
  addresses: string[],
  { switches = [], chromiumSandbox = true, ...options }: Start,
): Promise<ElectronApplication> {
  const { electron: executablePath, app } = where();
  const drill = options.drill ? ['--drill', '--drill-output', options.drill] : [];
  return electron.launch({
    executablePath,
    args: [...switches, app, '--profile', options.profile, ...drill, ...addresses],
    chromiumSandbox,
    timeout: attachMs,
    // The driver would put its own idea of light and dark over the system's.
    colorScheme: null,
    ...(options.workingDirectory && { cwd: options.workingDirectory }),
    env: { ...process.env, TMPDIR: options.temporary },
  });
}

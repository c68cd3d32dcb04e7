import { app } from 'electron';
import { victimSwitch } from './command-line.ts';

/** Arguments that make Electron's executable start this application. */
export const applicationArguments = (): string[] => (process.defaultApp ? [app.getAppPath()] : []);

/**
 * Returns the arguments of the start after this one: the application and its profile, and nothing else of this start.
 * Electron reorders switches, the addresses are in the session, and Playwright, if it started this run, will not attach
 * to the next.
 */
export function argumentsOfNextStart(): string[] {
  const victim = process.argv.filter((argument) => argument.startsWith(victimSwitch));
  return [...applicationArguments(), '--profile', app.getPath('userData'), ...victim];
}

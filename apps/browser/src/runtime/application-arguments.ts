import { app } from 'electron';
import { subjectSwitch } from './command-line.ts';

/** What the runtime's executable is told of the application, so that it is this one that starts. */
export const applicationArguments = (): string[] => (process.defaultApp ? [app.getAppPath()] : []);

/**
 * For a start that follows this one: the application and its profile, and nothing else of this start's. The runtime puts
 * switches in another order, the addresses are in the session, and a driver that the first start had is not there to be
 * waited for.
 */
export function argumentsOfNextStart(): string[] {
  const subject = process.argv.filter((argument) => argument.startsWith(subjectSwitch));
  return [...applicationArguments(), '--profile', app.getPath('userData'), ...subject];
}

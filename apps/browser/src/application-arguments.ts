import { app } from 'electron';

/** What the runtime's executable is told of the application, so that it is this one that starts. */
export const applicationArguments = (): string[] => (process.defaultApp ? [app.getAppPath()] : []);

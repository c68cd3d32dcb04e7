import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { callerPath } from '../checkout.ts';

/**
 * Returns the URL of an existing file (relative to the caller's folder), or the argument itself for the app to parse.
 */
export function addressOf(argument: string): string {
  const file = callerPath(argument);
  return existsSync(file) ? pathToFileURL(file).href : argument;
}

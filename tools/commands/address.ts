import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { callerPath } from '../checkout.ts';

/** A file named relative to where the person is becomes its URL; anything else is for the application to read. */
export function addressOf(argument: string): string {
  const file = callerPath(argument);
  return existsSync(file) ? pathToFileURL(file).href : argument;
}

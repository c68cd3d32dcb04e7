import path from 'node:path';

/** The root of the checkout (or of its readable copy) that this command works in. */
export const checkout = path.resolve(import.meta.dirname, '..');

/** A path on the command line: relative ones start where the person was, not where npm went. */
export function callerPath(file: string): string {
  return path.resolve(process.env.BULKHEAD_CALLER_FOLDER ?? process.cwd(), file);
}

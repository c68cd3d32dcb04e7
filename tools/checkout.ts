import path from 'node:path';

/** Root of the checkout, or of its readable copy, that this command works in. */
export const checkout = path.resolve(import.meta.dirname, '..');

/** Resolves a path on the command line. Relative paths start at the caller's folder, not at npm's. */
export function callerPath(file: string): string {
  return path.resolve(process.env.BULKHEAD_CALLER_FOLDER ?? process.cwd(), file);
}

/** The checkout that the user changes: another folder where this command works in a copy. */
export const origin = process.env.BULKHEAD_ORIGIN ?? checkout;

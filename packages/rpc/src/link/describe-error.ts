import { BadMessageError, RemoteError } from '../errors.ts';

const longestText = 16 * 1024;

/** How an error crosses: [name, message, code?, stack?]. A stack goes only to who is fully trusted: it tells paths. */
export function describeError(error: unknown, trusted: boolean): unknown[] {
  if (!(error instanceof Error))
    return ['Error', typeof error === 'string' ? error.slice(0, longestText) : 'not an Error'];
  const code = 'code' in error && typeof error.code === 'string' ? text(error.code) : undefined;
  return [text(error.name), text(error.message), code, trusted && error.stack ? text(error.stack) : undefined];
}

/** Reads it back. Throws BadMessageError when it is none. */
export function readError(error: unknown, trusted: boolean): RemoteError {
  if (!Array.isArray(error) || error.length < 2 || error.length > 4) throw new BadMessageError('an error that is none');
  const [name, message, code, stack] = error as unknown[];
  assertText(name);
  assertText(message);
  if (code !== undefined) assertText(code);
  if (stack !== undefined) assertText(stack);
  return new RemoteError(name, message, code, trusted ? stack : undefined);
}

const text = (value: unknown): string => String(value).slice(0, longestText);

function assertText(value: unknown): asserts value is string {
  if (typeof value !== 'string' || value.length > longestText) throw new BadMessageError('an error out of bounds');
}

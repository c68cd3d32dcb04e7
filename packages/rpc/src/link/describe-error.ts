import { BadMessageError, RemoteError } from '../errors.ts';

const longestText = 16 * 1024;

/** Description of a thrown value that throws when it is read. */
const untold = 'the thrown value cannot be described';

/**
 * Describes a thrown value for the wire: [name, message, code?, stack?]. Only a fully trusted peer gets the stack,
 * which has paths. Never throws, although a getter, `toString` or proxy of the thrown value may, because the caller
 * waits for an answer.
 */
export function describeError(error: unknown, trusted: boolean): unknown[] {
  const isError = attempt(() => error instanceof Error);
  if (isError === undefined) return ['Error', untold];
  if (!isError) return ['Error', typeof error === 'string' ? error.slice(0, longestText) : 'not an Error'];
  const thrown = error as Error & { readonly code?: unknown };
  const code = attempt(() => thrown.code);
  const stack = trusted ? attempt(() => thrown.stack) : undefined;
  return [
    attempt(() => text(thrown.name)) ?? 'Error',
    attempt(() => text(thrown.message)) ?? untold,
    typeof code === 'string' ? text(code) : undefined,
    typeof stack === 'string' && stack !== '' ? text(stack) : undefined,
  ];
}

/** Returns the thrown value if it can be printed as an uncaught error; otherwise a substitute Error. */
export function presentable(error: unknown): unknown {
  const described = attempt(() =>
    error instanceof Error ? `${error.name}${error.message}${error.stack}` : `${error}`,
  );
  return described === undefined && typeof error !== 'symbol' ? new Error(untold) : error;
}

/** Reads a value; undefined if that throws. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Parses a described error. Throws BadMessageError if it is invalid. */
export function readError(error: unknown, trusted: boolean): RemoteError {
  if (!Array.isArray(error) || error.length < 2 || error.length > 4) throw new BadMessageError('an invalid error');
  const [name, message, code, stack] = error as unknown[];
  assertText(name);
  assertText(message);
  if (code !== undefined) assertText(code);
  if (stack !== undefined) assertText(stack);
  return new RemoteError(name, message, code, trusted ? stack : undefined);
}

const text = (value: unknown): string => String(value).slice(0, longestText);

function assertText(value: unknown): asserts value is string {
  if (typeof value !== 'string' || value.length > longestText) throw new BadMessageError('an invalid text in an error');
}

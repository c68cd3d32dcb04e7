import { BadMessageError, RemoteError } from '../errors.ts';

const longestText = 16 * 1024;

/** Stands for what a thrown value refuses to tell about itself. */
const untold = 'the thrown value cannot be described';

/**
 * Describes a thrown value for the wire: [name, message, code?, stack?]. A stack goes only to a fully trusted peer: it
 * tells paths. Never throws: a getter, a `toString` or a proxy of the thrown value may, and the caller waits.
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

/** The thrown value itself where it can be described, as whoever prints an uncaught one does; an Error in its place where not. */
export function presentable(error: unknown): unknown {
  const described = attempt(() =>
    error instanceof Error ? `${error.name}${error.message}${error.stack}` : `${error}`,
  );
  return described === undefined && typeof error !== 'symbol' ? new Error(untold) : error;
}

/** Reads from a value that may throw; undefined when it does. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
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

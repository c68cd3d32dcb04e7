/** A step of the set-up has failed. Says what happened, to what, and what the user can do. */
export class SetupFailure extends Error {
  /**
   * @param {string} what one sentence: what happened, and to what
   * @param {string | string[]} remedy what to do, one line each; a line may be a command to copy
   * @param {ErrorOptions} [options]
   */
  constructor(what, remedy, options) {
    super(what, options);
    this.name = 'SetupFailure';
    this.remedy = typeof remedy === 'string' ? [remedy] : remedy;
  }

  /** Returns the message as shown to the user. */
  text() {
    const [first, ...rest] = this.remedy;
    return [`bulkhead: ${this.message}`, `  What to do: ${first}`, ...rest.map((line) => `    ${line}`)].join('\n');
  }
}

/**
 * Returns the text for an error: message and remedy of a SetupFailure, the whole stack of an unexpected error.
 * @param {unknown} error
 */
export function describeError(error) {
  if (error instanceof SetupFailure) return error.text();
  return `bulkhead: unexpected error\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/**
 * Returns the system's error code (`ENOSPC`, `EACCES` …) of an error or of its cause.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function systemErrorCode(error) {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
  }
  return undefined;
}

/**
 * Checks of what callers pass. A wrong type is a TypeError, a number out of range a RangeError, and nothing has changed
 * then. Each check is one comparison where the argument is right.
 */

/** The largest unsigned 32-bit word. */
const mostWord = 0xffff_ffff;

/** A whole number from 0 to `most` (at most 2^32 - 1). */
export function checkCount(value: number, most: number, what: string): void {
  // False for what is below zero, fractions, NaN, infinities and everything that is no number.
  if (value >>> 0 === value && value <= most) return;
  refuseCount(value, 0, most, what);
}

/** A whole number from `least` to `most`, however large. */
export function checkWhole(value: number, least: number, most: number, what: string): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  refuseCount(value, least, most, what);
}

/** A number of milliseconds or the like: finite, not below zero. */
export function checkTime(value: number, what: string): void {
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return;
  if (typeof value !== 'number') throw new TypeError(`${what} must be a number, not ${kindOf(value)}`);
  throw new RangeError(`${what} must be finite and not below zero, not ${value}`);
}

/** A typed array of exactly this kind: another one would be copied with its elements cut or widened. */
export function checkArray<Kind extends ArrayBufferView>(
  value: Kind,
  kind: abstract new (...parameters: never[]) => Kind,
  what: string,
): void {
  const isView = ArrayBuffer.isView(value);
  if (isView && value.constructor === kind) return;
  // Only this look takes Node's Buffer, and an array of another realm.
  if (isView && Object.prototype.toString.call(value) === `[object ${kind.name}]`) return;
  throw new TypeError(`${what} must be a ${kind.name}, not ${kindOf(value)}`);
}

export function checkLabel(value: string, what: string): void {
  if (typeof value !== 'string') throw new TypeError(`${what} must be a string, not ${kindOf(value)}`);
}

function refuseCount(value: unknown, least: number, most: number, what: string): never {
  if (typeof value !== 'number') throw new TypeError(`${what} must be a number, not ${kindOf(value)}`);
  const upper = most === mostWord ? '2^32 - 1' : most;
  throw new RangeError(`${what} must be a whole number from ${least} to ${upper}, not ${value}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}

/**
 * Checks of arguments. A wrong type throws a TypeError, a number out of range a RangeError. Nothing has changed then.
 * For a valid argument each check costs one comparison.
 */

/** Largest unsigned 32-bit word. */
const mostWord = 0xffff_ffff;

/** Accepts a whole number from 0 to `most` (at most 2^32 - 1). */
export function checkCount(value: number, most: number, what: string): void {
  // False for negative numbers, fractions, NaN, infinities and any value that is not a number.
  if (value >>> 0 === value && value <= most) return;
  refuseCount(value, 0, most, what);
}

/** Accepts a whole number from `least` to `most`. Both may be above 2^32. */
export function checkWhole(value: number, least: number, most: number, what: string): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  refuseCount(value, least, most, what);
}

/** Accepts a finite number that is not negative, such as milliseconds. */
export function checkTime(value: number, what: string): void {
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return;
  if (typeof value !== 'number') throw new TypeError(`${what} must be a number, not ${kindOf(value)}`);
  throw new RangeError(`${what} must be finite and not below zero, not ${value}`);
}

/** Accepts a typed array of exactly this kind. Copying from another kind would cut or widen the elements. */
export function checkArray<Kind extends ArrayBufferView>(
  value: Kind,
  kind: abstract new (...parameters: never[]) => Kind,
  what: string,
): void {
  const isView = ArrayBuffer.isView(value);
  if (isView && value.constructor === kind) return;
  // Accepts Node's Buffer and arrays of another realm too.
  if (isView && Object.prototype.toString.call(value) === `[object ${kind.name}]`) return;
  throw new TypeError(`${what} must be a ${kind.name}, not ${kindOf(value)}`);
}

export function checkFunction(value: unknown, what: string): void {
  if (typeof value !== 'function') throw new TypeError(`${what} must be a function, not ${kindOf(value)}`);
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

/**
 * Copies a value without binary data: arrays, dates and plain objects at all levels. The result is that of a structured
 * clone, several times as fast.
 */
export function copyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlain);
  if (value instanceof Date) return new Date(value);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    // Assigning `__proto__` would change the copy's prototype. No schema names it.
    if (key !== '__proto__') copy[key] = copyPlain((value as Record<string, unknown>)[key]);
  }
  return copy;
}

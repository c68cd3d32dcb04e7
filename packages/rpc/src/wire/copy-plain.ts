/**
 * A copy of a value that carries no binary: of arrays, dates and plain objects all the way down. As the structured clone
 * would make it, and several times as fast.
 */
export function copyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlain);
  if (value instanceof Date) return new Date(value);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    // Never by assignment: that would change what the copy inherits from. No schema names it.
    if (key !== '__proto__') copy[key] = copyPlain((value as Record<string, unknown>)[key]);
  }
  return copy;
}

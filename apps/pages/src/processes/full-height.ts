/** Returns the value at a chart's full height, KiB: a power of two in MiB, at least a quarter above all values. */
export function fullHeight(valuesKiB: readonly number[]): number {
  const most = Math.max(1024, ...valuesKiB) * 1.25;
  return 1024 * 2 ** Math.ceil(Math.log2(most / 1024));
}

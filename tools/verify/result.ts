/** What one runner found: a checker, a test runner, the look for leftovers. */
export interface Result {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What it said; shown when something failed, unless it was shown live. */
  readonly output: string;
  readonly seconds: number;
}

/** What a runner says of itself, if it comes to say anything. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts of a runner, by its report and by how it ended: one that ended badly without naming a failed test (it crashed, an
 * error was nobody's, a worker died) has failed once, and so has one that ran no test at all.
 */
export function settle(counts: Counts | undefined, exitCode: number | null): Counts {
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  const ranNothing = counts.passed + counts.failed === 0;
  const endedBadly = exitCode !== 0 && counts.failed === 0;
  return ranNothing || endedBadly ? { ...counts, failed: counts.failed + 1 } : counts;
}

/** One line on a result, after what it said if it failed. */
export function report({ name, passed, failed, skipped, output, seconds }: Result): string {
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`];
  const line = `${failed > 0 ? '✗' : '✓'} ${name}: ${counts.filter(Boolean).join(', ')} (${seconds.toFixed(1)} s)\n`;
  return failed > 0 ? `\n${output.trimEnd()}\n${line}` : line;
}

/** The line that a test run ends with. */
export function total(results: readonly Result[]): string {
  const sum = (count: (result: Result) => number) => results.reduce((before, result) => before + count(result), 0);
  return `${sum((result) => result.passed)} passed, ${sum((result) => result.failed)} failed`;
}

export function allPassed(results: readonly Result[]): boolean {
  return results.every((result) => result.failed === 0);
}

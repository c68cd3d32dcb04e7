/** Result of a checker, a test runner, or the check for leftovers. */
export interface Result {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Its output, shown if something failed, unless it was shown live. */
  readonly output: string;
  readonly seconds: number;
}

/** Counts in a runner's report. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Returns the counts of a runner from its report and its exit code. A runner that failed without a failed test (it
 * crashed, or an error belonged to no test, or a worker died) counts as one failure. So does a runner that ran no test.
 */
export function settle(counts: Counts | undefined, exitCode: number | null): Counts {
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  const ranNothing = counts.passed + counts.failed === 0;
  const endedBadly = exitCode !== 0 && counts.failed === 0;
  return ranNothing || endedBadly ? { ...counts, failed: counts.failed + 1 } : counts;
}

/** Returns one line about a result, after the output if it failed. */
export function report({ name, passed, failed, skipped, output, seconds }: Result): string {
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`];
  const line = `${failed > 0 ? '✗' : '✓'} ${name}: ${counts.filter(Boolean).join(', ')} (${seconds.toFixed(1)} s)\n`;
  return failed > 0 ? `\n${output.trimEnd()}\n${line}` : line;
}

/** Returns the last line of a test run. */
export function total(results: readonly Result[]): string {
  const sum = (count: (result: Result) => number) => results.reduce((before, result) => before + count(result), 0);
  return `${sum((result) => result.passed)} passed, ${sum((result) => result.failed)} failed`;
}

export function allPassed(results: readonly Result[]): boolean {
  return results.every((result) => result.failed === 0);
}

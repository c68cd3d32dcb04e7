import { formatAndLintFixer, runChecker } from '../verify/checkers.ts';

/** Rewrites what Biome can mend, and prints what it says. Fails while something is left that only its author can mend. */
export async function runFix(): Promise<number> {
  const { failed, output } = await runChecker(formatAndLintFixer());
  process.stdout.write(output);
  return failed === 0 ? 0 : 1;
}

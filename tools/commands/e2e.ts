import { prepare } from '../setup/prepare.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';
import { runTests } from '../verify/run.ts';

export interface EndToEndCommandOptions {
  /** Pattern for the names of the tests to run. */
  readonly grep?: string;
  /** Number of runs of each test. */
  readonly repeat?: number;
}

/** @param files parts of file names; empty: all files */
export function runEndToEnd(files: readonly string[], { grep, repeat }: EndToEndCommandOptions): Promise<number> {
  const choice = [
    ...files,
    ...(grep === undefined ? [] : ['--grep', grep]),
    ...(repeat === undefined ? [] : ['--repeat-each', String(repeat)]),
  ];
  return runTests(async ({ environment, folder }, tell) => {
    tell(await runEndToEndTests(await prepare(), folder, environment, choice));
  });
}

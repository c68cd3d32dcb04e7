import { prepare } from '../setup/prepare.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';
import { runTests } from '../verify/run.ts';

export interface EndToEndCommandOptions {
  /** Only tests whose names match. */
  readonly grep?: string;
  /** Each of them so often. */
  readonly repeat?: number;
}

/** @param files parts of the names of files; none: all of them */
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

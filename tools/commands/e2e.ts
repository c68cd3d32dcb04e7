import { cpSync } from 'node:fs';
import path from 'node:path';
import { checkout, origin } from '../checkout.ts';
import { collect } from '../setup/child.ts';
import { launched } from '../setup/launcher.ts';
import { type Prepared, prepare } from '../setup/prepare.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';
import { runTests } from '../verify/run.ts';

export interface EndToEndCommandOptions {
  /** Pattern for the names of the tests to run. */
  readonly grep?: string;
  /** Number of runs of each test. */
  readonly repeat?: number;
  /** Take pictures again that do not match any more. */
  readonly updateSnapshots?: boolean;
}

/** @param files parts of file names; empty: all files */
export function runEndToEnd(
  files: readonly string[],
  { grep, repeat, updateSnapshots }: EndToEndCommandOptions,
): Promise<number> {
  const choice = [
    ...files,
    ...(grep === undefined ? [] : ['--grep', grep]),
    ...(repeat === undefined ? [] : ['--repeat-each', String(repeat)]),
    ...(updateSnapshots ? ['--update-snapshots'] : []),
  ];
  return runTests(async ({ environment, folder }, tell) => {
    const prepared = await prepare();
    const pictures = updateSnapshots ? await picturesIn(folder, prepared) : undefined;
    tell(
      await runEndToEndTests(
        prepared,
        folder,
        { ...environment, ...(pictures && { BULKHEAD_PICTURES: pictures }) },
        choice,
      ),
    );
    if (pictures) cpSync(pictures, path.join(origin, PICTURES), { recursive: true });
  });
}

const PICTURES = 'e2e/pictures';

/** Copies the pictures into a folder of the user that runs the tests, who may not write to the checkout. */
async function picturesIn(folder: string, { launchers }: Prepared): Promise<string> {
  const pictures = path.join(folder, 'pictures');
  await collect(...launched(launchers, ['cp', '-r', path.join(checkout, PICTURES), pictures]));
  return pictures;
}

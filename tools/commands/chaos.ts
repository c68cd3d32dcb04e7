import path from 'node:path';
import { runApplication } from '../setup/application.ts';
import { withDisplay } from '../setup/display.ts';
import { prepare } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';

export interface ChaosOptions {
  readonly seed?: number;
  readonly minutes: number;
  readonly faults?: number;
  readonly tabs: number;
  /** Opens random hostile pages instead of breaking processes. */
  readonly pages?: true;
  /** Number of random signals to send to the app's processes from outside, instead of breaking processes. */
  readonly signals?: number;
}

/**
 * Makes the app break its own tabs and services at random, with a separate profile.
 * @returns 0 if nothing was lost or left behind; otherwise the command to repeat the run is printed
 */
export async function runChaos({
  seed = Date.now() % 1_000_000,
  minutes,
  faults,
  tabs,
  pages,
  signals,
}: ChaosOptions): Promise<number> {
  if (pages)
    return runFromOutside(
      { BULKHEAD_PAGES_SEED: `${seed}`, BULKHEAD_PAGES_SECONDS: `${minutes * 60}` },
      `--pages --seed ${seed} --minutes ${minutes}`,
    );
  if (signals)
    return runFromOutside(
      { BULKHEAD_SIGNALS_SEED: `${seed}`, BULKHEAD_SIGNALS: `${signals}` },
      `--signals ${signals} --seed ${seed}`,
    );
  const prepared = await prepare();
  const limits = ['--seed', seed, '--minutes', minutes, '--tabs', tabs, ...(faults ? ['--faults', faults] : [])];
  return withPrivateFolder(prepared.account, (folder) =>
    withDisplay(prepared, (display) =>
      runApplication(prepared, ['--profile', path.join(folder, 'profile'), '--chaos', ...limits.map(String)], display),
    ),
  );
}

/**
 * Runs the browser under a test that watches it from outside, while it opens random pages or gets random signals. Shows
 * the output of the test.
 * @returns 0 if the browser and the other tabs lived to the end
 */
async function runFromOutside(chosen: Record<string, string>, again: string): Promise<number> {
  const prepared = await prepare();
  const { failed, output } = await withPrivateFolder(prepared.account, (folder) =>
    runEndToEndTests(prepared, folder, { TMPDIR: folder, ...chosen }, []),
  );
  process.stdout.write(`${output}\n`);
  if (failed > 0) process.stdout.write(`to repeat: npm run chaos -- ${again}\n`);
  return failed > 0 ? 1 : 0;
}

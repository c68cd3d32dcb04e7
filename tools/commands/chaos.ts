import path from 'node:path';
import { runApplication } from '../setup/application.ts';
import { withDisplay } from '../setup/display.ts';
import { prepare } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';

export interface ChaosOptions {
  readonly seed?: number;
  readonly minutes: number;
  readonly faults?: number;
  readonly tabs: number;
}

/**
 * Has the application break its own tabs and services at random, on a profile of its own.
 * @returns 0 when nothing was lost or left behind; how to have the same again is printed when something was
 */
export async function runChaos({
  seed = Date.now() % 1_000_000,
  minutes,
  faults,
  tabs,
}: ChaosOptions): Promise<number> {
  const prepared = await prepare();
  const limits = ['--seed', seed, '--minutes', minutes, '--tabs', tabs, ...(faults ? ['--faults', faults] : [])];
  return withPrivateFolder(prepared.account, (folder) =>
    withDisplay(prepared, (display) =>
      runApplication(prepared, ['--profile', path.join(folder, 'profile'), '--chaos', ...limits.map(String)], display),
    ),
  );
}

import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { callerPath, checkout } from '../checkout.ts';
import { ended, start } from '../setup/child.ts';
import { withDisplay } from '../setup/display.ts';
import { launched } from '../setup/launcher.ts';
import { type Prepared, prepare, where } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';

export interface BenchOptions {
  only?: string;
  json?: string;
}

/** Measures on the real runtime, as the user whom it runs as. */
export async function runBench(options: BenchOptions): Promise<number> {
  const prepared = await prepare();
  return withPrivateFolder(prepared.account, (folder) =>
    withDisplay(prepared, async (display) => {
      const json = path.join(folder, 'bench.json');
      const code = await measure(prepared, ['--json', json, ...(options.only ? ['--only', options.only] : [])], {
        ...display,
        TMPDIR: folder,
        BULKHEAD_WHERE: JSON.stringify(where(prepared)),
      });
      if (options.json && existsSync(json)) copyFileSync(json, callerPath(options.json));
      return code;
    }),
  );
}

async function measure(
  { launchers }: Prepared,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = start(...launched(launchers, [process.execPath, path.join(checkout, 'bench/main.ts'), ...args]), {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment, BULKHEAD_END_WITH_PARENT: '1' },
  });
  return (await ended(child)).code ?? 1;
}

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
  /** Floods the browser from a page by plain script instead. */
  floods?: true;
  /** Duration of each flood, seconds. */
  seconds?: number;
  /** Floods without the minimal app for comparison. */
  alone?: true;
  /** Measures large messages instead. */
  messages?: true;
}

/** Measures on Electron, as the user that runs the app. */
export async function runBench(options: BenchOptions): Promise<number> {
  const prepared = await prepare();
  return withPrivateFolder(prepared.account, (folder) =>
    withDisplay(prepared, async (display) => {
      const environment = { ...display, TMPDIR: folder, BULKHEAD_WHERE: JSON.stringify(where(prepared)) };
      const only = options.only ? ['--only', options.only] : [];
      const seconds = options.seconds ? ['--seconds', String(options.seconds)] : [];
      const alone = options.alone ? ['--alone'] : [];
      if (options.floods)
        return measure(prepared, ['bench/floods/main.ts', ...only, ...seconds, ...alone], environment);
      if (options.messages) return measure(prepared, ['bench/messages/main.ts'], environment);
      const json = path.join(folder, 'bench.json');
      const code = await measure(prepared, ['bench/main.ts', '--json', json, ...only], environment);
      if (options.json && existsSync(json)) copyFileSync(json, callerPath(options.json));
      return code;
    }),
  );
}

async function measure(
  { launchers }: Prepared,
  [script, ...args]: readonly [string, ...string[]],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = start(...launched(launchers, [process.execPath, path.join(checkout, script), ...args]), {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment, BULKHEAD_END_WITH_PARENT: '1' },
  });
  return (await ended(child)).code ?? 1;
}

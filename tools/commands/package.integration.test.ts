import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DrillResult } from '@bulkhead/contracts';
import { FuseState, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { FUSES } from '../packaging/package-application.ts';
import { launched } from '../setup/launcher.ts';
import { prepare } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { runCommand, runTools } from '../testing/command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readOwned } from './read-owned.ts';

const TEST_MS = 240_000;

describe.runIf(process.platform === 'linux')('package', () => {
  it(
    'makes a folder whose executable is Bulkhead and nothing else, and passes the drill',
    async () => {
      const output = temporaryFolder();
      const { code, stdout, stderr } = await runTools(['package', '--output', output]).ended;
      expect(code, stderr).toBe(0);
      const folder = path.join(output, `bulkhead-linux-${process.arch}`);
      const executable = path.join(folder, 'bulkhead');
      expect(stdout).toBe(`${executable}\n`);
      expect(readdirSync(output)).toEqual([path.basename(folder)]);
      expect(readdirSync(folder)).toEqual(
        expect.arrayContaining(['LICENSE', 'LICENSE.electron.txt', 'LICENSES.chromium.html']),
      );
      expect(readdirSync(path.join(folder, 'resources'))).toEqual(['app.asar', 'app.asar.unpacked']);

      const { version, ...fuses } = FUSES;
      const expected = Object.entries(fuses).map(([fuse, isOn]) => [fuse, isOn ? FuseState.ENABLE : FuseState.DISABLE]);
      expect(await getCurrentFuseWire(executable)).toMatchObject({ version, ...Object.fromEntries(expected) });

      const prepared = await prepare();
      await withPrivateFolder(prepared.account, async (own) => {
        const loaded = path.join(own, 'loaded');
        const script = path.join(output, 'script.cjs');
        writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, '')`);
        const run = (program: string, ...args: string[]) => {
          const [command, all] = launched(prepared.launchers, [program, ...args]);
          return runCommand([command, ...all], {
            environment: {
              ELECTRON_RUN_AS_NODE: '1',
              NODE_OPTIONS: `--require=${script}`,
              BULKHEAD_END_WITH_PARENT: '1',
            },
          }).ended;
        };
        // These variables take over an Electron whose fuses are as it comes.
        await run(prepared.runtime.executable, '--eval', '');
        expect(existsSync(loaded)).toBe(true);
        rmSync(loaded);

        const result = path.join(own, 'drill');
        const drill = ['--inspect=0', '--profile', path.join(own, 'profile'), '--drill', '--drill-output', result];
        const ended = await run(executable, ...drill);
        expect(ended.code, ended.stdout + ended.stderr).toBe(0);
        expect(existsSync(loaded)).toBe(false);
        expect(ended.stderr).not.toContain('Debugger listening');
        const { ok, processes } = JSON.parse(`${readOwned(path.join(result, 'result.json'))}`) as DrillResult;
        expect(ok).toBe(true);
        // The plugin is locked down, for which the archive's native module has to load.
        expect(processes.find(({ type }) => type === 'plugin')?.seccomp).toBe(2);
      });
    },
    TEST_MS,
  );

  it('says that the folder cannot be written', async () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await runTools(['package', '--output', file]).ended;
    expect(stderr).toContain(`The package cannot be written in ${file} (EEXIST).`);
    expect(code).toBe(1);
  });
});

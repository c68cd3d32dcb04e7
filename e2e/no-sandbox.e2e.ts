import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startAgain } from './start-again.ts';
import { commandLineOf, executableOf, readSandbox } from './system.ts';
import { expect, test } from './test.ts';

test('Playwright asking for --no-sandbox still gets the sandbox, in every process', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha'), pages.counter('Beta'), 'bulkhead://processes'], {
    chromiumSandbox: false,
  });
  await bulkhead.pidOfPlugin();
  for (const pid of await bulkhead.processes()) {
    const commandLine = await commandLineOf(pid);
    expect(commandLine).not.toContain('--no-sandbox');
    expect(commandLine).not.toContain('--disable-setuid-sandbox');
    if (commandLine.includes('--type=renderer')) expect((await readSandbox(pid)).seccomp).toBe(2);
  }
});

test('the application refuses to run when Electron was started with a switch that weakens a wall', async ({
  launch,
  folder,
}) => {
  const bulkhead = await launch(['bulkhead://newtab']);
  const runtime = await executableOf(bulkhead.pid);
  for (const weakening of [
    '--no-sandbox',
    '--disable-web-security',
    '--disable-features=IsolateOrigins',
    '--enable-blink-features=MojoJS',
    '--js-flags=--allow-natives-syntax',
  ]) {
    const args = ['--profile', path.join(folder, 'another'), weakening];
    const refused = await startAgain(args, folder, runtime);
    expect(refused).toMatchObject({ exitCode: 1, signal: null });
    expect(refused.output).toContain(`refusing to start with ${weakening}`);
  }
});

test('no child process loads a module named in NODE_OPTIONS', async ({ launchUndriven, folder }) => {
  const loaded = path.join(folder, 'loaded');
  const script = path.join(folder, 'loaded.cjs');
  await writeFile(script, `require('node:fs').appendFileSync(${JSON.stringify(loaded)}, (process.type || '') + '\\n')`);
  // Playwright would remove the variable.
  const undriven = await launchUndriven(['bulkhead://newtab'], {
    environment: { NODE_OPTIONS: `--require ${script}` },
  });
  await expect.poll(() => undriven.shellText(), 'the plugin').toMatch(/PID \d+.*running/s);
  const types = (await readFile(loaded, 'utf8')).split('\n');
  expect(types).toContain('browser');
  expect(types).not.toContain('utility');
});

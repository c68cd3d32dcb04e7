import path from 'node:path';
import { startAgain } from './start-again.ts';
import { commandLineOf, executableOf, readSandbox } from './system.ts';
import { expect, test } from './test.ts';

test('a driver that asks for --no-sandbox gets the sandbox all the same, in every process', async ({
  launch,
  pages,
}) => {
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

test('the runtime itself, started with --no-sandbox, is refused by the application', async ({ launch, folder }) => {
  const bulkhead = await launch(['bulkhead://newtab']);
  const runtime = await executableOf(bulkhead.pid);
  const args = ['--profile', path.join(folder, 'another'), '--no-sandbox'];
  const refused = await startAgain(args, folder, runtime);
  expect(refused).toMatchObject({ exitCode: 1, signal: null });
  expect(refused.output).toContain('refusing to start with --no-sandbox');
});

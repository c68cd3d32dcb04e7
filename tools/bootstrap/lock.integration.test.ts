import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { runCommand } from '../testing/command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** Starts a process that takes the lock, reports it, and keeps it until it gets SIGUSR2 or is killed. */
function take(file: string) {
  const module = pathToFileURL(path.join(import.meta.dirname, 'lock.mjs')).href;
  const script = `
    import { withLock } from ${JSON.stringify(module)};
    const alive = setInterval(() => {}, 1000);
    await withLock(${JSON.stringify(file)}, 'Something', async () => {
      const told = new Promise((resolve) => process.once('SIGUSR2', resolve));
      console.error('taken');
      await told;
    });
    clearInterval(alive);`;
  return runCommand([process.execPath, '--input-type=module', '--eval', script]);
}

it('is held by only one process at a time', async () => {
  const file = path.join(temporaryFolder(), 'lock');
  const first = take(file);
  await first.says('taken');
  const second = take(file);
  await second.says('Something is under way in another process: waiting for it');
  expect(second.said.stderr).not.toContain('taken');
  first.child.kill('SIGUSR2');
  await second.says('taken');
  second.child.kill('SIGUSR2');
  await Promise.all([first.ended, second.ended]);
});

it('passes on when its holder is killed', async () => {
  const file = path.join(temporaryFolder(), 'lock');
  const first = take(file);
  await first.says('taken');
  const second = take(file);
  await second.says('waiting for it');
  first.child.kill('SIGKILL');
  await second.says('taken');
  second.child.kill('SIGUSR2');
  expect((await second.ended).code).toBe(0);
});

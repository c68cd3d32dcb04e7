import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const module = JSON.stringify(new URL('./end-within.ts', import.meta.url).pathname);
const program = `
  import { endWithin } from ${module};
  process.once('exit', () => {
    endWithin(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

test.skipIf(process.platform !== 'linux')('a process that waits without end in its last step is ended', async () => {
  const args = ['--no-warnings', '--input-type=module', '-e', program];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGALRM']);
});

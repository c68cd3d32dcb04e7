import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('the example with a worker does what its README says', async () => {
  const main = path.join(import.meta.dirname, '../examples/worker-threads/main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', main]);
  expect(stdout.split('\n')).toEqual([
    '0 %',
    '33 %',
    '67 %',
    'worker: summed 300000 bytes',
    'sum: 1782399013',
    'sums so far: 1',
    'DeadlineError: summing.ponder: no reply from the worker within 100 ms',
    'PeerGoneError: summing.ponder: the worker exited (code 1)',
    'PeerGoneError: summing.ponder: the worker exited (code 1)',
    '',
  ]);
});

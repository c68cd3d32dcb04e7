import path from 'node:path';
import { startAgain } from './start-again.ts';
import { expect, test } from './test.ts';

test('after seeded random faults, no tab has lost anything and nothing is left behind', async ({ folder }) => {
  const limits = ['--seed', '11', '--faults', '25', '--tabs', '8', '--minutes', '5'];
  const run = await startAgain(['--profile', path.join(folder, 'profile'), '--chaos', ...limits], folder);
  expect(run.output).toContain('25 faults, nothing lost and nothing left behind');
  expect(run.exitCode, run.output).toBe(0);
});

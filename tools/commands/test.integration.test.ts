import { expect, it } from 'vitest';
import { runTools } from '../testing/command.ts';

it('runs only the named file, and looks for leftovers', async () => {
  const { code, stdout, stderr } = await runTools(['test', 'tools/verify/result.test.ts']).ended;
  expect(code, stdout + stderr).toBe(0);
  expect(stderr).toContain('result.test.ts');
  expect(stdout).toMatch(/^✓ unit tests: \d+ passed .*\n✓ nothing left behind: 3 passed .*\n\d+ passed, 0 failed\n$/);
});

it.each(['test', 'e2e'])('%s names files in its help', async (command) => {
  const { stdout } = await runTools([command, '--help']).ended;
  expect(stdout).toMatch(/\[FILE…\]/);
});

it('refuses a file that is not a test file, before anything runs', async () => {
  const { code, stdout, stderr } = await runTools(['test', 'README.md']).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^bulkhead: README\.md is not a test file\.\n {2}What to do: name a file /);
});

import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkout } from '../checkout.ts';
import { sortTestFiles } from './test-files.ts';

afterEach(() => vi.unstubAllEnvs());

const [unit, integration, lesson, endToEnd] = [
  'tools/verify/test-files.test.ts',
  'tools/setup/launcher.integration.test.ts',
  'packages/ipc-models/src/lessons/comparison/lessons.integration.test.ts',
  'e2e/sad-tab.e2e.ts',
];

it('chooses the runner by the name of a file', () => {
  expect(sortTestFiles([endToEnd, unit, lesson, integration])).toEqual({
    unit: [unit],
    integration: [lesson, integration],
    endToEnd: [endToEnd],
  });
});

it('accepts a path from the caller’s folder, from the checkout, or from the root', () => {
  vi.stubEnv('BULKHEAD_CALLER_FOLDER', path.join(checkout, 'e2e'));
  for (const name of ['sad-tab.e2e.ts', './sad-tab.e2e.ts', endToEnd, path.join(checkout, endToEnd)]) {
    expect(sortTestFiles([name]).endToEnd, name).toEqual([endToEnd]);
  }
});

it.each([
  ['what is not there', 'e2e/no-such.e2e.ts'],
  ['a folder', 'e2e'],
  ['a file that is not a test', 'e2e/test.ts'],
  ['a file with its own command', 'e2e/random-pages.chaos.ts'],
  ['a file outside this checkout', '/etc/hostname'],
  ['an empty name', ''],
])('refuses %s', (_what, name) => {
  expect(() => sortTestFiles([unit, name])).toThrow(`${name} is not a test file.`);
});

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

it('tells by its name who runs a file', () => {
  expect(sortTestFiles([endToEnd, unit, lesson, integration])).toEqual({
    unit: [unit],
    integration: [lesson, integration],
    endToEnd: [endToEnd],
  });
});

it('takes a path from where the person is, from the checkout, or from the root', () => {
  vi.stubEnv('BULKHEAD_CALLER_FOLDER', path.join(checkout, 'e2e'));
  for (const name of ['sad-tab.e2e.ts', './sad-tab.e2e.ts', endToEnd, path.join(checkout, endToEnd)]) {
    expect(sortTestFiles([name]).endToEnd, name).toEqual([endToEnd]);
  }
});

it.each([
  ['what is not there', 'e2e/no-such.e2e.ts'],
  ['a folder', 'e2e'],
  ['what is no test', 'e2e/test.ts'],
  ['what runs only by a command of its own', 'e2e/random-pages.chaos.ts'],
  ['what is not of this checkout', '/etc/hostname'],
  ['nothing', ''],
])('refuses %s', (_what, name) => {
  expect(() => sortTestFiles([unit, name])).toThrow(`${name} is no file of tests.`);
});

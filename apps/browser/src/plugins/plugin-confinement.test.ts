import type { Confinement } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { contradictionTo } from './plugin-confinement.ts';

const saying = (seccomp: boolean) => ({ seccomp }) as Confinement;
const skip = process.platform !== 'linux';

test.skipIf(skip)('a process that claims to have a filter, and has none, is contradicted', async () => {
  expect(await contradictionTo(saying(true), process.pid)).toMatch(/^\d+ of its \d+ threads have no filter$/);
});

test.skipIf(skip)('a process that has ended, or shows no thread, is not believed', async () => {
  expect(await contradictionTo(saying(true), 0)).toBe('its threads cannot be read');
});

test('a process that says it has no filter is believed', async () => {
  expect(await contradictionTo(saying(false), process.pid)).toBeUndefined();
});

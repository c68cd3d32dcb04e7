import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isOldRuntime, newestElectron } from './old-runtime.ts';

test('the newest Electron is the one that Bulkhead is built against', () => {
  const { devDependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(Number.parseInt(devDependencies.electron, 10)).toBe(newestElectron);
});

test.each([
  ['33.2.1', true],
  ['42.9.0', true],
  ['43.0.0-beta.1', false],
  ['45.4.1', false],
  ['46.0.0', false],
  ['', false],
])('%j is old: %s', (version, old) => expect(isOldRuntime(version)).toBe(old));

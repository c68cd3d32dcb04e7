import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { expect, test } from 'vitest';
import { checkout } from '../checkout.ts';
import { FUSES } from './package-application.ts';

/** Returns each fuse of the table in docs/confinement.md, and whether a package has it on. */
function documented(): Record<string, boolean> {
  const text = readFileSync(path.join(checkout, 'docs/confinement.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (`[A-Za-z0-9`, ]+`) \| (?:on|off) \| (on|off) \| /gm)];
  return Object.fromEntries(
    rows.flatMap(([, names = '', state]) =>
      [...names.matchAll(/`([A-Za-z0-9]+)`/g)].map(([, name = '']) => [name, state === 'on']),
    ),
  );
}

test('docs/confinement.md has every fuse that a package sets', () => {
  const { version, ...set } = FUSES;
  expect(version).toBe('1');
  const named = Object.entries(set).map(([fuse, isOn]) => [FuseV1Options[Number(fuse)], isOn]);
  expect(named.length).toBeGreaterThan(5);
  expect(documented()).toEqual(Object.fromEntries(named));
});

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkout as own } from '../checkout.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { isComplete } from './dependencies.mjs';

it('detects a removed package, of the workspace itself or of one of its packages', () => {
  const checkout = temporaryFolder();
  const make = (folder: string) => mkdirSync(path.join(checkout, folder), { recursive: true });
  for (const folder of ['apps/one', 'packages', 'plugins', 'node_modules/.pnpm/b', 'node_modules/a']) make(folder);
  writeFileSync(path.join(checkout, 'package.json'), JSON.stringify({ devDependencies: { a: '1' } }));
  writeFileSync(path.join(checkout, 'apps/one/package.json'), JSON.stringify({ dependencies: { b: '1' } }));
  expect(isComplete(checkout)).toBe(false);
  make('apps/one/node_modules');
  symlinkSync('../../../node_modules/.pnpm/b', path.join(checkout, 'apps/one/node_modules/b'));
  expect(isComplete(checkout)).toBe(true);
  rmSync(path.join(checkout, 'node_modules/.pnpm/b'), { recursive: true });
  expect(isComplete(checkout)).toBe(false);
});

it('finds this checkout complete', () => {
  expect(isComplete(own)).toBe(true);
});

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkoutFiles } from '../bootstrap/work-copy.mjs';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const text = read('docs/runtimes.md');

const kinds = ['not used', 'guarded', 'the same', 'open'] as const;

interface Row {
  readonly change: string;
  readonly kind: string;
  readonly files: readonly string[];
}

/** Rows of every table, without those that say what the columns are. */
const rowsIn = (markdown: string): Row[] =>
  markdown
    .split('\n')
    .filter((line) => /^\| (?!change|from|-)/.test(line))
    .map((line) => line.slice(2).split(' | '))
    .map((cells) => (/^\d\d$/.test(cells[0] ?? '') ? cells.slice(1) : cells))
    .map(([change = '', kind = '', why = '']) => ({
      change,
      kind,
      files: [...why.matchAll(/`([\w.-]+(?:\/[\w.-]+)+)`/g)].map(([, file = '']) => file),
    }));

const rows = rowsIn(text);
/** The code of Bulkhead. Tests and benches are left out, because they may call anything. */
const code = checkoutFiles(root)
  .filter((file) => /^(apps|packages|plugins)\//.test(file) && /\.(ts|svelte)$/.test(file))
  .filter((file) => !/\.test\.ts$|\/testing\/|\/electron-tests\//.test(file))
  .map((file) => [file, read(file)] as const);
const usesOf = (name: string) => code.filter(([, source]) => source.includes(name)).map(([file]) => file);

test('has a row for each version, and says of each what it means here', () => {
  const versions = [...text.matchAll(/^\| (\d\d) \|/gm)].map(([, version]) => Number(version));
  expect([...new Set(versions)]).toEqual(Array.from({ length: 13 }, (_, index) => 33 + index));
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ kind }) => !(kinds as readonly string[]).includes(kind))).toEqual([]);
});

test('names only files that exist', () => {
  const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+|tsconfig[\w.-]+\.json)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

describe.each(rows.filter(({ kind }) => kind === 'not used'))('$change', ({ change }) => {
  test('is used nowhere', () => {
    const names = [...change.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(Object.fromEntries(names.map((name) => [name, usesOf(name)]))).toEqual(
      Object.fromEntries(names.map((name) => [name, []])),
    );
  });
});

describe.each(rows.filter(({ kind }) => kind === 'guarded'))('$change', ({ files }) => {
  test('names the guard, and the test of it last', () => {
    expect(files.length).toBeGreaterThan(1);
    expect(files.at(-1)).toMatch(/\.(test|e2e)\.ts$/);
  });
});

test('finds a name that is used, and a row without a meaning', () => {
  expect(usesOf('toBitmap')).toEqual(['apps/browser/src/frames/frame-path.ts']);
  expect(rowsIn('| 41 | a change | maybe | because of `apps/tab/x.ts` |')).toEqual([
    { change: 'a change', kind: 'maybe', files: ['apps/tab/x.ts'] },
  ]);
});

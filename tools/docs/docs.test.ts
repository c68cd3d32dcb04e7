import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What looks like a path of this repository in backquotes or in a link. */
function pathsNamedIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  const linked = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  const ours = /^(apps|packages|plugins|e2e|bench|tools|docs)\/|^[A-Za-z.]+\.(md|ts|json|yaml)$/;
  return [...quoted, ...linked].filter((name) => ours.test(name)).map((name) => name.replace(/\/\*?$/, ''));
}

describe.each(['README.md', 'ARCHITECTURE.md'])('%s', (file) => {
  test('names only paths that exist', () => {
    const named = pathsNamedIn(read(file));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });
});

test('finds a path that does not exist', () => {
  expect(pathsNamedIn('see `apps/nowhere/x.ts` and [this](docs/missing.png)')).toEqual([
    'apps/nowhere/x.ts',
    'docs/missing.png',
  ]);
});

test('ARCHITECTURE.md has a row for every contract, with its file', () => {
  const table = read('ARCHITECTURE.md');
  const folder = 'packages/contracts/src';
  const contracts = readdirSync(path.join(root, folder)).flatMap((name) =>
    [...read(`${folder}/${name}`).matchAll(/= contract\('([a-z-]+)'/g)].map((match) => ({
      row: `| \`${match[1]}\` | \`${folder}/${name}\` |`,
    })),
  );
  expect(contracts.length).toBeGreaterThanOrEqual(5);
  expect(contracts.filter(({ row }) => !table.includes(row))).toEqual([]);
});

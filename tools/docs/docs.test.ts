import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Returns texts in backquotes or links that look like paths of this repository. */
function pathsNamedIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  const linked = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  const ours = /^(apps|packages|plugins|e2e|bench|gallery|tools|docs)\/|^[A-Za-z.]+\.(md|ts|json|yaml)$/;
  return [...quoted, ...linked].filter((name) => ours.test(name)).map((name) => name.replace(/\/\*?$/, ''));
}

describe.each(['README.md', 'README.ko.md', 'ARCHITECTURE.md', 'tools/README.md'])('%s', (file) => {
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

/** Returns every file under a folder that may declare a contract, relative to the root. */
const sourcesIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`);

/** Words for the trust in a side in ARCHITECTURE.md. */
const trustWords = { full: 'full', limited: 'limited', none: 'hostile' };
type Trust = keyof typeof trustWords;

/** Returns the required start of the row of each contract in a file. */
function rowsFor(file: string, text: string): string[] {
  return [...text.matchAll(/= contract\('([a-z-]+)', \{(.*?)\n {2}lifetime:/gs)].map(([, name, head = '']) => {
    const said = (field: string) => new RegExp(`\\n {2}${field}: '([^']+)'`).exec(head)?.[1];
    const serverTrust = (said('serverTrust') ?? 'full') as Trust;
    const server = serverTrust === 'full' ? said('server') : `${said('server')} (${trustWords[serverTrust]})`;
    const caller = `${said('caller')}, ${trustWords[said('trust') as Trust]}`;
    return `| \`${name}\` | \`${file}\` | ${server} | ${caller} |`;
  });
}

test('ARCHITECTURE.md has a row for every contract: its file, its server, its caller, and their trust', () => {
  const table = read('ARCHITECTURE.md');
  // packages/rpc declares contracts only in its tests and examples, and serves none.
  const folders = ['apps', 'packages/contracts', 'packages/ipc-models', 'packages/shared-memory', 'plugins'];
  const files = folders.flatMap(sourcesIn);
  const rows = files.flatMap((file) => rowsFor(file, read(file)));
  expect(rows).toHaveLength(files.flatMap((file) => [...read(file).matchAll(/\bcontract\('/g)]).length);
  expect(rows.length).toBeGreaterThanOrEqual(8);
  expect(rows.filter((row) => !table.includes(`\n${row}`))).toEqual([]);
});

test('detects a missing contract, and a wrong trust', () => {
  const text = (trust: string) =>
    `export const it = contract('it', {\n  server: 'browser',\n  caller: 'tab',\n  trust: '${trust}',\n  lifetime: '',`;
  expect(rowsFor('a.ts', text('none'))).toEqual(['| `it` | `a.ts` | browser | tab, hostile |']);
  expect(rowsFor('a.ts', text('full'))).toEqual(['| `it` | `a.ts` | browser | tab, full |']);
});

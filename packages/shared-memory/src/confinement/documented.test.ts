import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { plainCalls } from './allowed-calls.ts';

const text = readFileSync(path.join(import.meta.dirname, '../../../../docs/confinement.md'), 'utf8');

test('docs/confinement.md lists every system call that a plugin may make, with its reason', () => {
  const rows = [...text.matchAll(/^\| `(\w+)` \| (.*) \| (any|checked|none) \|$/gm)].map(([, name, why, which]) => [
    name,
    why,
    which,
  ]);
  const expected = Object.entries(plainCalls).map(([name, { why, only }]) => [
    name,
    why,
    only === undefined ? 'any' : only.length === 0 ? 'none' : 'checked',
  ]);
  expect(rows).toEqual(expected);
});

test.each([
  'browser',
  'shell',
  'tab',
  'internal page',
  'plugin',
  'lesson',
  'GPU',
  'network service',
  'zygote',
  'watchdog',
])('docs/confinement.md lists what a %s can still do', (name) => {
  const row = text.split('\n').find((line) => line.startsWith('| ') && line.split('|')[1]?.includes(name));
  expect(row?.split('|').at(5)?.trim().length).toBeGreaterThan(20);
});

test('docs/confinement.md names each lesson that has Landlock, and none that has not', () => {
  const sentence = /`EACCES`\. (.*) run with it\./.exec(text)?.[1] ?? '';
  const named = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  const folder = path.join(import.meta.dirname, '../../../ipc-models/src/lessons');
  const declarations = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('/lesson.ts'),
  );
  const confined = declarations.filter((file) => {
    const code = readFileSync(path.join(folder, file), 'utf8');
    return /needsLinux: true/.test(code) && !/needs: \[.*'peers'/.test(code);
  });
  expect(confined.map((file) => path.basename(path.dirname(file))).sort()).toEqual(named.sort());
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../../..', file), 'utf8');

test('the gallery shows every component of packages/ui', () => {
  const components = [...read('packages/ui/src/index.ts').matchAll(/default as (\w+)/g)].map(([, name]) => name);
  expect(components.length).toBeGreaterThan(5);
  const shown = read('gallery/src/ui/Components.svelte');
  expect(components.filter((name) => !shown.includes(`<${name}`))).toEqual([]);
});

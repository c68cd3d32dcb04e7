import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkoutFiles } from '../bootstrap/work-copy.mjs';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string>; packageManager: string };
const text = read('CONTRIBUTING.md');

/** Text of each part, by its heading. */
const parts = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part] as const),
);

/** Returns texts in backquotes that look like a file or a folder. Names in capitals stand for the reader's own. */
const pathsIn = (part: string): string[] =>
  [...part.matchAll(/`([\w.-]+(?:\/[\w.-]*)*)`/g)]
    .map(([, name = '']) => name)
    .filter(
      (name) =>
        /\/|\.(md|ts|json|svelte)$/.test(name) && !/(^|\/)[A-Z]+(\/|\.ts|\.c|$)/.test(name) && name !== 'out/dev',
    );

/** From the checkout, or from a folder that the same part names. */
function exists(name: string, part: string): boolean {
  const folders = ['', ...pathsIn(part).filter((each) => each.includes('/'))];
  return folders.some((folder) => existsSync(path.join(root, folder, name)));
}

const recipes = [...parts].filter(([heading]) => heading.startsWith('Add a '));

test('has a recipe for a fault, a port, a lesson, a plugin and a page', () => {
  expect(recipes.map(([heading]) => heading)).toEqual(
    ['fault', 'port', 'lesson', 'plugin', 'page'].map((each) => `Add a ${each}`),
  );
});

describe.each([...parts])('%s', (heading, part) => {
  test('names only files and folders that exist', () => {
    const named = pathsIn(part);
    if (heading.startsWith('Add a ')) expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !exists(name, part))).toEqual([]);
  });
});

test('finds a file that does not exist', () => {
  const part = 'in `apps/tab`: `nothing.ts`, `package.json`, `apps/nowhere/NAME.ts`, `ROLE.ts` and `docs/nothing.md`';
  const named = pathsIn(part);
  expect(named).toEqual(['apps/tab', 'nothing.ts', 'package.json', 'docs/nothing.md']);
  expect(named.filter((name) => !exists(name, part))).toEqual(['nothing.ts', 'docs/nothing.md']);
});

/** Something of each kind that is there, by its name in the code: its recipe has to lead to each file that names it. */
const examples = [
  ['Add a fault', 'tab-stack-overflow', []],
  ['Add a port', 'tab-view', []],
  ['Add a lesson', 'speed-up', []],
  // Those are about what it does, not about which plugin there is.
  [
    'Add a plugin',
    'frame-stats',
    [
      'packages/contracts/src/shell-host.ts',
      'packages/contracts/src/frame-statistics.ts',
      'apps/browser/src/frames/frame-path.ts',
    ],
  ],
  ['Add a page', 'crashes', ['apps/shell']],
] as const;

const sources = checkoutFiles(root).filter(
  (file) =>
    /^(apps|packages|plugins|electron\.vite|docs\/lessons)/.test(file) &&
    /\.(ts|md|json)$/.test(file) &&
    !/\.test\.ts$|\/testing\//.test(file),
);

test.each(examples)('%s: names every file in which there is one already (%s)', (heading, name, others) => {
  const part = parts.get(heading) ?? '';
  const quoted = new RegExp(`['"/\`]${name}(?=['"/\`.?])`);
  const naming = sources.filter((file) => quoted.test(read(file)) && !others.some((each) => file.startsWith(each)));
  expect(naming.length).toBeGreaterThan(1);
  const named = pathsIn(part);
  expect(naming.filter((file) => !named.some((each) => file === each || file.startsWith(`${each}/`)))).toEqual([]);
});

test('names the package manager at its pinned version', () => {
  expect(text).toContain(`npx ${manifest.packageManager} install`);
});

test('names the ports for debuggers that `npm run dev` opens, as the settings of the editor do', () => {
  const cli = read('tools/cli.ts');
  const ports = ['inspector', 'devtools'].map(
    (name) => new RegExp(`--${name}-port <port>'.*, (\\d+)\\)`).exec(cli)?.[1],
  );
  expect(ports.every(Boolean)).toBe(true);
  for (const port of ports) expect(text).toContain(`port ${port}`);
  const attached = [...read('.vscode/launch.json').matchAll(/"port": (\d+)/g)].map(([, port]) => port);
  expect([...new Set(attached)].sort()).toEqual([...ports].sort());
});

test.each([
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.github/workflows/ci.yml',
  '.github/pull_request_template.md',
  '.vscode/launch.json',
])('%s names only commands that exist', (file) => {
  const named = [...read(file).matchAll(/\bnpm run (?:-s )?([\w-]+)/g)].map(([, command]) => command ?? '');
  expect(named.filter((command) => !(command in manifest.scripts))).toEqual([]);
});

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';

const bootstrap = path.resolve(import.meta.dirname, '../bootstrap.cjs');

/** A Node of 2018, which parses neither modules nor `import()`. It does not exist for every platform. */
const oldNode = path.join(import.meta.dirname, '../node_modules/node-4/bin/node');

it.runIf(existsSync(oldNode))('names the needed Node if the Node is too old', () => {
  const { status, stdout, stderr } = spawnSync(oldNode, [bootstrap, 'start'], { encoding: 'utf8' });
  expect(stderr).toBe(
    'bulkhead: Node 20.19.0 or later is needed, this is Node 4.9.1.\n' +
      '  What to do: install a current Node from https://nodejs.org/ (or your distribution), and try again.\n',
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});

it('asks for the same Node as package.json', () => {
  const { engines } = createRequire(import.meta.url)('../../package.json') as { engines: { node: string } };
  expect(engines.node).toBe('>=20.19.0');
});

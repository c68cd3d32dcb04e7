import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const module = pathToFileURL(path.join(import.meta.dirname, 'end-on-rejection.ts')).href;
const fails = `Promise.reject(new Error('told to fail')); setTimeout(() => process.exit(0), 500);`;

/** Runs a script in Node as Electron runs a utility process: up to version 36 it throws, from 37 on it warns. */
const run = (mode: 'throw' | 'warn', script: string) =>
  spawnSync(process.execPath, [`--unhandled-rejections=${mode}`, '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });

test.each(['throw', 'warn'] as const)('a rejection that nothing handles ends the process (Electron: %s)', (mode) => {
  const { status, stderr } = run(mode, `import { endOnRejection } from '${module}'; endOnRejection(); ${fails}`);
  expect(stderr).toContain('Error: told to fail');
  expect(status).toBe(1);
});

test('without it, a process that only warns goes on', () => {
  expect(run('warn', fails).status).toBe(0);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Where the browser process starts a process or a thread, and the test in which that fails. */
const tested: Readonly<Record<string, string>> = {
  'processes/spawn-alone.ts spawn': 'processes/spawn-alone.test.ts',
  'cleanup/watchdog.ts spawnAlone': 'cleanup/watchdog.test.ts',
  'drill/victim-app.ts spawnAlone': 'processes/spawn-alone.test.ts',
  'processes/utility-child.ts fork': '../../../e2e/few-resources.e2e.ts',
  'processes/helper-thread.ts Worker': 'guard/guard-thread.test.ts',
  // Part of a script that breaks a page: the page's own workers.
  'faults/page-scripts.ts Worker': 'faults/page-scripts.ts',
};

const folder = path.join(import.meta.dirname, '..');
const starts =
  /\b(?:new (Worker|SharedWorker)|(?:child_process|utilityProcess)\.(fork|spawn|exec|execFile)|(?<![.\w])(spawnAlone|spawn|spawnSync|fork|execFile|execFileSync|execSync))\(/g;

it('starts no process and no thread without a test of its failure', () => {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const code = readFileSync(path.join(folder, file), 'utf8').replaceAll(/function spawnAlone\(/g, '');
      return Array.from(
        code.matchAll(starts),
        ([, thread, qualified, plain]) => `${file} ${thread ?? qualified ?? plain}`,
      );
    });
  expect([...new Set(found)].sort()).toEqual(Object.keys(tested).sort());
  for (const test of Object.values(tested)) expect(existsSync(path.join(folder, test)), test).toBe(true);
});

import { spawnSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { GuardThread } from './guard-thread.ts';

const guards: GuardThread[] = [];
afterEach(() => {
  for (const guard of guards.splice(0)) guard.dispose();
});

it('reports that it is missing when its script does not exist', async () => {
  const why = await new Promise((resolve) => {
    const guard = new GuardThread('/no/such/script.js');
    guards.push(guard);
    guard.whenMissing(resolve);
  });
  expect(String(why)).toContain('/no/such/script.js');
});

it('reports that it is missing when no descriptor is left for a thread, also to a later listener', () => {
  const module = JSON.stringify(new URL('./guard-thread.ts', import.meta.url).pathname);
  const code = `
    import { execFileSync } from 'node:child_process';
    import { openSync, writeSync } from 'node:fs';
    import { GuardThread } from ${module};
    process.on('uncaughtException', (error) => { writeSync(1, 'uncaught ' + error); process.exit(1); });
    execFileSync('prlimit', ['--nofile=64:64', '--pid', String(process.pid)]);
    try { for (;;) openSync('/dev/null'); } catch {}
    const guard = new GuardThread('/no/such/script.js');
    setTimeout(() => guard.whenMissing((error) => { writeSync(1, error.message); process.exit(0); }), 100);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  expect(stdout + stderr).toMatch(/EMFILE|ERR_WORKER/);
});

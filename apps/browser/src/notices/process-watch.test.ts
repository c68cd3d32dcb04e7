import { spawnSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import type { Shell } from '../shell.ts';
import { Notices } from './notices.ts';
import { ProcessWatch } from './process-watch.ts';
import type { ServicePids } from './service-pids.ts';

const watches: ProcessWatch[] = [];
afterEach(() => {
  for (const watch of watches.splice(0)) watch.dispose();
});

/** Resolves to why its guard is missing. */
function whyMissing(script: string): Promise<unknown> {
  return new Promise((resolve) => {
    const parts = {
      services: {} as ServicePids,
      shell: {} as Shell,
      notices: new Notices(),
      strain: new SharedArrayBuffer(4),
    };
    watches.push(new ProcessWatch({ ...parts, watchdogPid: () => undefined, script, onMissing: resolve }));
  });
}

it('says that its guard is missing when its script is not there', async () => {
  expect(String(await whyMissing('/no/such/script.js'))).toContain('/no/such/script.js');
});

it('says that its guard is missing when no descriptor is left for a thread', () => {
  const module = JSON.stringify(new URL('./process-watch.ts', import.meta.url).pathname);
  const code = `
    import { execFileSync } from 'node:child_process';
    import { openSync, writeSync } from 'node:fs';
    import { ProcessWatch } from ${module};
    process.on('uncaughtException', (error) => { writeSync(1, 'uncaught ' + error); process.exit(1); });
    execFileSync('prlimit', ['--nofile=64:64', '--pid', String(process.pid)]);
    try { for (;;) openSync('/dev/null'); } catch {}
    const onMissing = (error) => { writeSync(1, error.message); process.exit(0); };
    new ProcessWatch({ shell: {}, watchdogPid: () => 0, script: '/no/such/script.js', onMissing });`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  expect(stdout + stderr).toMatch(/EMFILE|ERR_WORKER/);
});

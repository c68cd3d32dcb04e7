import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { withDisplay } from './display.ts';
import type { Prepared } from './prepare.ts';

beforeEach(() => {
  vi.stubEnv('DISPLAY', '');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  return () => vi.unstubAllEnvs();
});

/** With a launcher that does this. */
function displayOf(script: string) {
  const run = path.join(temporaryFolder(), 'run');
  writeFileSync(run, `#!/bin/sh\n${script}\n`);
  chmodSync(run, 0o755);
  return withDisplay({ launchers: { run, electron: run } } as Prepared, async (environment) => environment);
}

it('gives the work the display that the launcher has brought up', async () => {
  expect(await displayOf('DISPLAY=:7; export DISPLAY; exec "$@"')).toEqual({ DISPLAY: ':7' });
});

it('fails in one message, the launcher’s own, where there can be none', async () => {
  const failing = displayOf('echo "bulkhead: There is no display." >&2; echo "  What to do: set DISPLAY." >&2; exit 1');
  await expect(failing).rejects.toMatchObject({ message: 'There is no display.', remedy: ['set DISPLAY.'] });
});

it('passes on what else went wrong', async () => {
  const failing = displayOf('echo "mkfifo: no" >&2; exit 1');
  await expect(failing).rejects.toMatchObject({ message: 'There is no virtual display: mkfifo: no' });
});

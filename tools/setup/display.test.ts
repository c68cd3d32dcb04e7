import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { withDisplay, withDisplays } from './display.ts';
import type { Prepared } from './prepare.ts';

beforeEach(() => {
  vi.stubEnv('DISPLAY', '');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  return () => vi.unstubAllEnvs();
});

/** Returns a prepared app whose launcher runs this script. */
function preparedWith(script: string): Prepared {
  const run = path.join(temporaryFolder(), 'run');
  writeFileSync(run, `#!/bin/sh\n${script}\n`);
  chmodSync(run, 0o755);
  return { launchers: { run, electron: run } } as Prepared;
}

const displayOf = (script: string) => withDisplay(preparedWith(script), async (environment) => environment);

it('gives the work the display that the launcher has started', async () => {
  expect(await displayOf('DISPLAY=:7; export DISPLAY; exec "$@"')).toEqual({ DISPLAY: ':7' });
});

it('fails with the launcher’s message if there can be no display', async () => {
  const failing = displayOf('echo "bulkhead: There is no display." >&2; echo "  What to do: set DISPLAY." >&2; exit 1');
  await expect(failing).rejects.toMatchObject({ message: 'There is no display.', remedy: ['set DISPLAY.'] });
});

it('passes on other errors', async () => {
  const failing = displayOf('echo "mkfifo: no" >&2; exit 1');
  await expect(failing).rejects.toMatchObject({ message: 'There is no virtual display: mkfifo: no' });
});

it('starts the requested number of displays, and names them', async () => {
  const prepared = preparedWith('DISPLAY=:$$; export DISPLAY; exec "$@"');
  const names = await withDisplays(prepared, 3, async (names) => names);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^:\d+$/);
});

it('names none if there is a display already', async () => {
  vi.stubEnv('DISPLAY', ':0');
  expect(await withDisplays(preparedWith('exit 1'), 3, async (names) => names)).toEqual([]);
});

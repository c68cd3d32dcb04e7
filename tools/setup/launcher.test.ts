import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { launched, launcherTexts, writeLaunchers } from './launcher.ts';

const runtime = { folder: "/it's/a", executable: "/it's/a/Electron.app/E", version: '1.2.3', source: 'env' } as const;

it('needs no Linux tools on other systems, and still drops switches that disable the sandbox', () => {
  for (const text of Object.values(launcherTexts(runtime, undefined, 'darwin'))) {
    expect(text).not.toMatch(/Xvfb|pdeathsig/);
    expect(spawnSync('sh', ['-n'], { input: text }).status).toBe(0);
  }
  const { electron } = launcherTexts(runtime, undefined, 'darwin');
  expect(electron).toContain('--no-sandbox');
  expect(electron).toContain(`executable='/it'\\''s/a/Electron.app/E'`);
  expect(electron).toMatch(/set -- "\$executable" "\$@"\n\nexec "\$@"\n$/);
});

it('is the executable itself on Windows, where there is no sh', () => {
  const launchers = writeLaunchers(runtime, undefined, { platform: 'win32' });
  expect(launchers).toEqual({ electron: runtime.executable, run: undefined });
  expect(launched(launchers, ['node', 'a', 'b'])).toEqual(['node', ['a', 'b']]);
  expect(launched({ electron: 'e', run: '/run' }, ['node', 'a'])).toEqual(['/run', ['node', 'a']]);
});

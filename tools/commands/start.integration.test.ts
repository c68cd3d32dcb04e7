import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DrillResult } from '@bulkhead/contracts';
import { describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { runCommand } from '../testing/command.ts';
import { serve } from '../testing/loopback-server.ts';
import { processesNaming } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const TEST_MS = 120_000;
const NO_DISPLAY = { DISPLAY: '', WAYLAND_DISPLAY: '' };

/** Runs a command as npm does, from the first file on. */
function bulkhead(args: readonly string[], cwd = checkout, environment: NodeJS.ProcessEnv = {}) {
  return runCommand([process.execPath, path.join(checkout, 'tools/bootstrap.cjs'), ...args], { cwd, environment });
}

describe('start', () => {
  it(
    'runs the drill if there is no display, and writes its results to the given files',
    async () => {
      const folder = temporaryFolder();
      const args = ['start', '--json', 'result.json', '--screenshot', 'picture.png'];
      const { code, stdout, stderr } = await bulkhead(args, folder, NO_DISPLAY).ended;
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toMatch(/│ tab-kill +│ tab \d+ /);
      expect(stdout).toContain('every survivor kept its process, its state and its heartbeat');
      expect(stdout).toContain(`screenshot: ${folder}/picture.png`);
      const result = JSON.parse(readFileSync(path.join(folder, 'result.json'), 'utf8')) as DrillResult;
      expect(result.ok).toBe(true);
      expect(result.faults.length).toBeGreaterThanOrEqual(4);
      expect(readFileSync(path.join(folder, 'picture.png')).subarray(1, 4).toString()).toBe('PNG');
    },
    TEST_MS,
  );

  /** Opens a window with one page, and resolves when the page has been requested. */
  async function openWindow() {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const page = await serve((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<title>here</title>');
      ask();
    });
    const profile = path.join(temporaryFolder(), 'profile');
    const run = bulkhead(['start', '--profile', profile, page]);
    await Promise.race([asked, run.ended.then(({ stderr }) => expect.fail(stderr))]);
    expect(processesNaming(profile).length).toBeGreaterThan(3);
    return { run, profile };
  }

  describe.runIf(process.env.DISPLAY)('with a display opens a window that stays', () => {
    it(
      'until the command is told to end',
      async () => {
        const { run, profile } = await openWindow();
        run.child.kill('SIGTERM');
        await run.ended;
        await expect.poll(() => processesNaming(profile), { timeout: 20_000 }).toEqual([]);
      },
      TEST_MS,
    );

    it(
      'and that ends with the command when that is killed',
      async () => {
        const { run, profile } = await openWindow();
        run.child.kill('SIGKILL');
        await expect.poll(() => processesNaming(profile), { timeout: 20_000 }).toEqual([]);
      },
      TEST_MS,
    );
  });

  it.each([
    [['--bogus'], "error: unknown option '--bogus'"],
    [['--drill=half'], 'Allowed choices are full'],
    [['--drill', 'http://example.com'], 'Allowed choices are full'],
    [['--drill', '--profile', 'x'], 'The drill opens its own pages'],
    [['--drill', '--json', '/nowhere/result.json'], '/nowhere/result.json cannot be written (ENOENT).'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await bulkhead(['start', ...args]).ended;
    expect(stderr).toContain(message);
    expect(stderr).toContain('  What to do: ');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('reports that temporary files cannot be made', async () => {
    const { code, stderr } = await bulkhead(['where'], checkout, { TMPDIR: '/nowhere' }).ended;
    expect(stderr).toContain('No temporary folder can be made in /nowhere (ENOENT).');
    expect(stderr).not.toContain('    at '); // no stack
    expect(code).toBe(1);
  });

  it('reports that a display cannot be opened', async () => {
    const profile = path.join(temporaryFolder(), 'profile');
    const { code, stderr } = await bulkhead(['start', '--profile', profile], checkout, { DISPLAY: ':9999' }).ended;
    expect(stderr).toContain('The display :9999 cannot be opened.');
    expect(code).toBe(1);
  });

  it('refuses to keep the results of a drill that is not run', async () => {
    const { code, stderr } = await bulkhead(['start', '--json', 'x'], checkout, { DISPLAY: ':99' }).ended;
    expect(stderr).toContain('add --drill');
    expect(code).toBe(1);
  });

  it('explains how the drill measures', async () => {
    const { code, stdout } = await bulkhead(['start', '--help']).ended;
    expect(stdout).toContain('How the drill measures');
    expect(code).toBe(0);
  });
});

describe('where', () => {
  it('prints one JSON object and nothing else', async () => {
    const { code, stdout } = await bulkhead(['where']).ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      electron: expect.stringMatching(/^\/.*\/out\/launch\/electron$/),
      app: expect.stringMatching(/^\//),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      source: expect.stringMatching(/^(env|release|registry)$/),
    });
  });

  it('uses little processor time if everything is set up', async () => {
    const { stdout } = await runCommand([
      'sh',
      '-c',
      '"$@" >/dev/null; times',
      'sh',
      process.execPath,
      path.join(checkout, 'tools/bootstrap.cjs'),
      'where',
    ]).ended;
    // Processor time of all processes below the shell, `0m0.41s 0m0.17s`, because the wall clock depends on other
    // programs.
    const [user, system] = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
    );
    expect((user ?? Number.NaN) + (system ?? Number.NaN)).toBeGreaterThan(0);
    expect((user ?? Number.NaN) + (system ?? Number.NaN)).toBeLessThan(2);
  });
});

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { ask, devToolsPort, targetsAt } from '../dev/devtools.ts';
import { CheckoutCopy } from '../testing/checkout-copy.ts';
import { asOrdinaryUser, type CommandRun, runCommand } from '../testing/command.ts';
import { serve } from '../testing/loopback-server.ts';
import { runningProcesses } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const TEST_MS = 420_000;
const STEP_MS = 90_000;

const dev = (folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  runCommand([process.execPath, path.join(folder, 'tools/bootstrap.cjs'), 'dev', ...args], {
    cwd: folder,
    environment,
  });

/** Returns the text of the page with this address, or nothing while there is none. Each start takes another port. */
async function textOf(address: string, { said }: CommandRun): Promise<string> {
  const ports = said.stderr.split('\n').flatMap((line) => devToolsPort(line) ?? []);
  try {
    const target = (await targetsAt(ports.at(-1) ?? 0)).find(({ url }) => url === address);
    const expression = 'document.body.innerText';
    const answer = target && (await ask<{ result: { value?: string } }>(target, 'Runtime.evaluate', { expression }));
    return answer?.result.value ?? '';
  } catch {
    return ''; // it starts, or is reloaded
  }
}

/** The browser process on this profile, once it has one. */
const browserOf = (profile: string) =>
  runningProcesses().find(
    ({ words }) =>
      words.includes(profile) && !words.some((word) => word.startsWith('--type=')) && /electron/.test(words[0] ?? ''),
  );

describe.runIf(process.env.DISPLAY)('dev', () => {
  it(
    'shows a change of shell, page and browser process in the window',
    async () => {
      const copy = new CheckoutCopy();
      const profile = path.join(temporaryFolder(), 'profile');
      const folder = `${pathToFileURL(temporaryFolder()).href}/`;
      const run = dev(copy.folder, [
        '--profile',
        profile,
        '--inspector-port',
        '0',
        '--devtools-port',
        '0',
        folder,
        'bulkhead://newtab',
      ]);
      const ended = run.ended.then(({ stderr }) => expect.fail(stderr));
      const shows = (address: string, text: string) =>
        expect.poll(() => Promise.race([textOf(address, run), ended]), { timeout: STEP_MS }).toContain(text);

      await shows(folder, 'Index of');
      await shows('bulkhead://shell/', 'Index of');
      const first = browserOf(profile);
      expect(first?.status.uid).toBe(asOrdinaryUser().uid);
      expect(first?.words.filter((word) => word.includes('sandbox'))).toEqual([]);

      copy.change('apps/pages/src/newtab/NewTab.svelte', 'Bulkhead</h1>', 'Changed page</h1>');
      await shows('bulkhead://newtab/', 'Changed page');

      const strip = '<Notices {shell} />';
      copy.change('apps/shell/src/StatusBar.svelte', strip, '{#if');
      await expect.poll(() => run.said.stderr, { timeout: STEP_MS }).toContain('renderer cannot be bundled');
      copy.change('apps/shell/src/StatusBar.svelte', '{#if\n', `Changed shell ${strip}\n`);
      await shows('bulkhead://shell/', 'Changed shell');
      expect(browserOf(profile)?.pid).toBe(first?.pid);

      copy.change('apps/browser/src/folders/listing-page.ts', 'Index of', 'Changed index of');
      await shows(folder, 'Changed index of');
      expect(browserOf(profile)?.pid).not.toBe(first?.pid);

      ended.catch(() => undefined);
      run.child.kill('SIGTERM');
      await run.ended;
      await expect.poll(() => browserOf(profile), { timeout: STEP_MS }).toBeUndefined();
    },
    TEST_MS,
  );

  it(
    'shows the gallery of components in the first tab, and says its address',
    async () => {
      const profile = path.join(temporaryFolder(), 'profile');
      const ports = ['--inspector-port', '0', '--devtools-port', '0'];
      const run = dev(new CheckoutCopy().folder, ['--components', '--profile', profile, ...ports]);
      const ended = run.ended.then(({ stderr }) => expect.fail(stderr));
      const address = () => /components: (\S+)/.exec(run.said.stderr)?.[1] ?? '';
      const text = () => Promise.race([textOf(address(), run), ended]);
      await expect.poll(text, { timeout: STEP_MS }).toContain('sad-tab-killed');
      ended.catch(() => undefined);
      run.child.kill('SIGTERM');
      await run.ended;
    },
    TEST_MS,
  );
});

it('refuses to start without a display, and on a port that another program has', async () => {
  const without = await dev(checkout, [], { DISPLAY: '', WAYLAND_DISPLAY: '' }).ended;
  expect(without.stderr).toContain('There is no display to open a window on.');
  const { port } = new URL(await serve(() => undefined));
  const { code, stderr } = await dev(checkout, ['--devtools-port', port], { DISPLAY: ':9999' }).ended;
  expect(stderr).toContain(`The port ${port} for debuggers cannot be used (EADDRINUSE).`);
  expect([without.code, code]).toEqual([1, 1]);
});

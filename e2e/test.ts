import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, expect } from '@playwright/test';
import { Bulkhead } from './bulkhead.ts';
import { type LaunchOptions, startApplication } from './launch.ts';
import { servePages, type TestPages } from './pages.ts';
import { aliveOf, familyOf } from './system.ts';
import { Undriven } from './undriven.ts';

export { expect };

interface Options {
  /** Where the tests' pages are served. */
  host: string;
  /** Where the tests' folders are made. */
  temporaryFolder: string;
}

interface Fixtures {
  /** Pages on loopback. */
  pages: TestPages;
  /** A folder for this test alone, removed with it. */
  folder: string;
  /** Starts Bulkhead with these addresses. It ends with the test, and must leave no process behind. */
  launch(addresses: string[], options?: LaunchOptions): Promise<Bulkhead>;
  /** The same without Playwright attached to it: dialogs, downloads and choosers behave as they do for a user. */
  launchUndriven(addresses: string[], options?: LaunchOptions): Promise<Undriven>;
}

export const test = base.extend<Options & Fixtures>({
  host: ['127.0.0.1', { option: true }],
  temporaryFolder: [tmpdir(), { option: true }],

  pages: async ({ host }, use) => {
    await using pages = await servePages(host);
    await use(pages);
  },

  folder: async ({ temporaryFolder }, use) => {
    const folder = await mkdtemp(path.join(temporaryFolder, 'bulkhead-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },

  launch: async ({ folder }, use, testInfo) => {
    const temporary = path.join(folder, 'temporary');
    await mkdir(temporary);
    const running: { application: ElectronApplication; pid: number }[] = [];
    let log = '';
    let bugExpected = false;
    await use(async (addresses, options = {}) => {
      const profile = options.profile ?? path.join(folder, `profile-${running.length}`);
      const application = await startApplication(addresses, { ...options, profile, temporary });
      bugExpected ||= options.bugExpected === true;
      const { pid = 0 } = application.process();
      running.push({ application, pid });
      application.process().stderr?.on('data', (chunk) => {
        log += chunk;
      });
      const find = () => application.windows().find((page) => page.url().startsWith('bulkhead://shell'));
      await expect.poll(find, { message: "the window's interface", intervals: [50] }).toBeTruthy();
      const bulkhead = new Bulkhead(application, profile, find()!);
      // Whatever its language: nothing can be counted or named before it is drawn.
      await expect(bulkhead.shell.getByRole('tab'), 'the tab strip').not.toHaveCount(0);
      if (options.theme) await bulkhead.setTheme(options.theme);
      return bulkhead;
    });
    for (const { application, pid } of running) {
      const processes = await familyOf(pid);
      await application.close();
      await expect.poll(() => aliveOf(processes), 'processes left behind').toEqual([]);
    }
    await testInfo.attach('standard error', { body: log, contentType: 'text/plain' });
    expect(log.includes('the browser process has a bug')).toBe(bugExpected);
  },

  launchUndriven: async ({ folder }, use, testInfo) => {
    const temporary = path.join(folder, 'temporary-undriven');
    await mkdir(temporary);
    const running: Undriven[] = [];
    let bugExpected = false;
    await use(async (addresses, options = {}) => {
      const profile = options.profile ?? path.join(folder, `profile-undriven-${running.length}`);
      bugExpected ||= options.bugExpected === true;
      const undriven = await Undriven.start(addresses, { ...options, profile, temporary });
      running.push(undriven);
      return undriven;
    });
    for (const undriven of running) await undriven.dispose();
    const log = running.map((each) => each.log).join('');
    await testInfo.attach('output of what ran undriven', { body: log, contentType: 'text/plain' });
    expect(log.includes('the browser process has a bug')).toBe(bugExpected);
  },
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import type { Bulkhead } from './bulkhead.ts';
import { SharedProgram, Starts } from './driven.ts';
import { expect } from './expect.ts';
import type { LaunchOptions } from './launch.ts';
import { servePages, type TestPages } from './pages.ts';
import { Undriven } from './undriven.ts';

export { expect };

interface Options {
  /** Host name for the tests' pages. */
  host: string;
  /** Parent of the tests' folders. */
  temporaryFolder: string;
}

interface Fixtures {
  /** Pages on loopback. */
  pages: TestPages;
  /** A folder for this test alone, removed after it. */
  folder: string;
  /** Starts Bulkhead with these addresses. It ends with the test, and must leave no process behind. */
  launch(addresses: string[], options?: LaunchOptions): Promise<Bulkhead>;
  /**
   * Returns a browser shared by the tests of one file that end only tabs: they run one after the other, with one
   * history and one profile. Each test finds only its own pages in it.
   */
  share(addresses: string[]): Promise<Bulkhead>;
  /** The shared browser of another file has ended. */
  othersEnded: undefined;
  /**
   * Does the same as `launch` without Playwright attached: dialogs, downloads and file choosers behave as for a user.
   */
  launchUndriven(addresses: string[], options?: LaunchOptions): Promise<Undriven>;
}

interface WorkerFixtures {
  /** The display of this worker, for all windows that it opens. */
  display: string | undefined;
  shared: SharedProgram;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  host: ['127.0.0.1', { option: true }],
  temporaryFolder: [tmpdir(), { option: true }],

  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the required fixtures from it
    async ({}, use, { parallelIndex }) => {
      const display = process.env.BULKHEAD_DISPLAYS?.split(' ')[parallelIndex] ?? process.env.DISPLAY;
      if (display !== undefined) process.env.DISPLAY = display;
      await use(display);
    },
    { scope: 'worker', auto: true },
  ],

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
    const starts = new Starts(folder);
    await use((addresses, options) => starts.start(addresses, options));
    await starts.end();
    await testInfo.attach('standard error', { body: starts.log, contentType: 'text/plain' });
  },

  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the required fixtures from it
    async ({}, use) => {
      const shared = new SharedProgram();
      await use(shared);
      await shared.end();
    },
    { scope: 'worker' },
  ],

  othersEnded: [
    async ({ shared }, use, testInfo) => {
      await shared.endUnlessOf(testInfo.file);
      await use(undefined);
    },
    { auto: true },
  ],

  share: async ({ shared }, use, testInfo) => {
    await use((addresses) => shared.show(testInfo.file, addresses));
    await testInfo.attach('standard error', { body: shared.log, contentType: 'text/plain' });
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
    expect(log.includes('the browser process has a bug'), log).toBe(bugExpected);
  },
});

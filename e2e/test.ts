import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, _electron as electron, expect } from '@playwright/test';
import { Bulkhead } from './bulkhead.ts';
import { servePages, type TestPages } from './pages.ts';
import { aliveOf } from './system.ts';

export { expect };

/** What `npm run -s where` prints. */
export interface Where {
  /** The command that starts the runtime. */
  electron: string;
  /** The application for it. */
  app: string;
}

export function where(): Where {
  const text = process.env.BULKHEAD_WHERE;
  if (!text) throw new Error('BULKHEAD_WHERE is not set: start the tests by `npm test`');
  return JSON.parse(text) as Where;
}

export interface LaunchOptions {
  /** Default: a fresh one. */
  profile?: string;
  /** Switches that Chromium takes. */
  switches?: string[];
  colorScheme?: 'light' | 'dark';
  /** Playwright's own default is false, which asks for --no-sandbox. */
  chromiumSandbox?: boolean;
  /** Where relative paths are taken from. */
  workingDirectory?: string;
}

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
    const running: { bulkhead: Bulkhead; log: () => string }[] = [];
    await use(async (addresses, options = {}) => {
      const profile = options.profile ?? path.join(folder, `profile-${running.length}`);
      const started = await start(profile, addresses, options);
      running.push(started);
      return started.bulkhead;
    });
    for (const { bulkhead, log } of running) {
      const processes = await bulkhead.processes();
      await bulkhead.application.close();
      await expect.poll(() => aliveOf(processes), 'processes left behind').toEqual([]);
      await testInfo.attach('standard error', { body: log(), contentType: 'text/plain' });
      expect(log()).not.toContain('the browser process has a bug');
    }
  },
});

async function start(profile: string, addresses: string[], options: LaunchOptions) {
  const { electron: executablePath, app } = where();
  const application = await electron.launch({
    executablePath,
    args: [...(options.switches ?? []), app, '--profile', profile, ...addresses],
    chromiumSandbox: options.chromiumSandbox ?? true,
    ...(options.colorScheme && { colorScheme: options.colorScheme }),
    ...(options.workingDirectory && { cwd: options.workingDirectory }),
  });
  let log = '';
  application.process().stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const find = () => application.windows().find((page) => page.url().startsWith('bulkhead://shell'));
  await expect.poll(find, "the window's interface").toBeTruthy();
  return { bulkhead: new Bulkhead(application, profile, find()!), log: () => log };
}

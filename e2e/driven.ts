import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { Bulkhead } from './bulkhead.ts';
import { expect } from './expect.ts';
import { type LaunchOptions, startApplication } from './launch.ts';
import { aliveOf, familyOf } from './system.ts';

interface Running {
  readonly application: ElectronApplication;
  readonly pid: number;
  readonly bugExpected: boolean;
  log: string;
}

/** Starts of the browser under Playwright, each with a profile below `folder`. */
export class Starts {
  readonly #folder: string;
  readonly #running: Running[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The text of all starts on the standard error. */
  get log(): string {
    return this.#running.map((each) => each.log).join('');
  }

  async start(addresses: string[], options: LaunchOptions = {}): Promise<Bulkhead> {
    const profile = options.profile ?? path.join(this.#folder, `profile-${this.#running.length}`);
    const temporary = path.join(this.#folder, 'temporary');
    await mkdir(temporary, { recursive: true });
    const application = await startApplication(addresses, { ...options, profile, temporary });
    const { pid = 0 } = application.process();
    const running: Running = { application, pid, bugExpected: options.bugExpected === true, log: '' };
    this.#running.push(running);
    application.process().stderr?.on('data', (chunk) => {
      running.log += chunk;
    });
    const find = () => application.windows().find((page) => page.url().startsWith('bulkhead://shell'));
    await expect.poll(find, { message: "the window's interface", intervals: [50] }).toBeTruthy();
    const bulkhead = new Bulkhead(application, profile, find()!, () => running.log);
    // In any language: nothing can be counted or named before it is drawn.
    await expect(bulkhead.shell.getByRole('tab'), 'the tab strip').not.toHaveCount(0);
    if (options.theme) await bulkhead.setTheme(options.theme);
    return bulkhead;
  }

  /** Ends all of them, and checks that no process is left behind, and that none has reported a bug. */
  async end(): Promise<void> {
    for (const { application, pid } of this.#running) {
      const processes = await familyOf(pid);
      await application.close();
      await expect.poll(() => aliveOf(processes), 'processes left behind').toEqual([]);
    }
    const bugExpected = this.#running.some((each) => each.bugExpected);
    expect(this.log.includes('the browser process has a bug'), this.log).toBe(bugExpected);
  }
}

/** One browser for the tests of one file in a worker, started when the first test needs it. */
export class SharedProgram {
  #current: { file: string; folder: string; starts: Starts; bulkhead: Bulkhead } | undefined;

  get log(): string {
    return this.#current?.bulkhead.log ?? '';
  }

  /** Returns the file's browser, with only these pages. The first is active. */
  async show(file: string, addresses: string[]): Promise<Bulkhead> {
    await this.endUnlessOf(file);
    if (this.#current) {
      await showOnly(this.#current.bulkhead, addresses);
      return this.#current.bulkhead;
    }
    const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-e2e-'));
    const starts = new Starts(folder);
    const bulkhead = await starts.start(addresses);
    this.#current = { file, folder, starts, bulkhead };
    return bulkhead;
  }

  async endUnlessOf(file: string): Promise<void> {
    if (this.#current?.file !== file) await this.end();
  }

  async end(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (!current) return;
    await current.starts.end();
    await rm(current.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Opens pages as a user does, behind the existing tabs, and closes those. */
async function showOnly(bulkhead: Bulkhead, addresses: string[]): Promise<void> {
  const before = await bulkhead.tabs.count();
  const old = bulkhead.application.windows().filter((page) => page !== bulkhead.shell);
  await bulkhead.tabs.last().click();
  for (const address of addresses) await bulkhead.open(address);
  if (addresses.length === 0) await bulkhead.button('New tab').click();
  const wanted = Math.max(addresses.length, 1);
  await expect(bulkhead.tabs).toHaveCount(before + wanted);
  for (let left = before - 1; left >= 0; left--) {
    await bulkhead.tabs.first().click({ button: 'middle' });
    await expect(bulkhead.tabs).toHaveCount(wanted + left);
  }
  const left = () => bulkhead.application.windows().filter((page) => old.includes(page));
  await expect.poll(left, 'pages of the test before').toEqual([]);
  await bulkhead.tabs.first().click();
  await expect(bulkhead.tabs.first()).toHaveAttribute('aria-selected', 'true');
  while ((await bulkhead.notice.getByRole('button', { name: 'Dismiss' }).count()) > 0) await bulkhead.dismissNotice();
}

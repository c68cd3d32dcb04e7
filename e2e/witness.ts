import type { Page } from '@playwright/test';
import type { Bulkhead } from './bulkhead.ts';
import { readStat } from './system.ts';
import { expect } from './test.ts';

/** A witness: a tab on a counter page, with its state from before something happened to another process. */
export class Witness {
  readonly #bulkhead: Bulkhead;
  readonly #title: string;
  readonly #page: Page;
  readonly #note: string;
  readonly pid: number;
  readonly #startTicks: number | undefined;
  readonly #document: number;
  readonly #counter: number;

  private constructor(bulkhead: Bulkhead, title: string, page: Page, before: Before) {
    this.#bulkhead = bulkhead;
    this.#title = title;
    this.#page = page;
    this.#note = noteOf(title);
    this.pid = before.pid;
    this.#startTicks = before.startTicks;
    this.#document = before.document;
    this.#counter = before.counter;
  }

  /** Types into the tab's text field, and records its process, its document and its count. */
  static async of(bulkhead: Bulkhead, title: string, address: string): Promise<Witness> {
    const page = await bulkhead.page(address);
    await page.getByLabel('Note').fill(noteOf(title));
    const pid = await bulkhead.pidOfTab(title);
    return new Witness(bulkhead, title, page, {
      pid,
      startTicks: (await readStat(pid))?.startTicks,
      document: await page.evaluate(() => performance.timeOrigin),
      counter: await counterOf(page),
    });
  }

  /**
   * Checks that it is the same process with the same document and state, that it continues, and that it missed no
   * heartbeat.
   */
  async expectUnharmed(): Promise<void> {
    expect(await this.#bulkhead.pidOfTab(this.#title)).toBe(this.pid);
    expect((await readStat(this.pid))?.startTicks).toBe(this.#startTicks);
    expect(await this.#page.evaluate(() => performance.timeOrigin)).toBe(this.#document);
    await expect(this.#page.getByLabel('Note')).toHaveValue(this.#note);
    await expect.poll(() => counterOf(this.#page), { intervals }).toBeGreaterThan(this.#counter);

    await this.#bulkhead.activate(this.#title);
    await this.#bulkhead.showFigures();
    const { statusBar } = this.#bulkhead;
    await expect(statusBar).toContainText(`PID ${this.pid}`);
    await expect(statusBar).toContainText('0 lost');
    const beats = async () =>
      Number(/([\d,]+) beats/.exec((await statusBar.textContent()) ?? '')?.[1]?.replace(',', ''));
    const before = await beats();
    await expect.poll(beats, { intervals }).toBeGreaterThan(before);
  }
}

interface Before {
  pid: number;
  startTicks: number | undefined;
  document: number;
  counter: number;
}

/** Time between two looks, ms. Heartbeats come once a second, and there are many witnesses. */
const intervals = [50];

const noteOf = (title: string) => `typed into ${title}`;
const counterOf = async (page: Page) => Number(await page.locator('output').textContent());

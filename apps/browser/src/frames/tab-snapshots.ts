import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeImage } from 'electron';
import { takePicture } from '../tabs/page-picture.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/** Width of a stored snapshot, pixels. The sad tab shows it gray and blurred. */
const pictureWidth = 320;
const quality = 50;
/** Longest time that a command that ends a page waits for its snapshot, ms. */
const mostWaitMs = 500;

/**
 * Keeps a snapshot of each tab's page, taken when the page was hidden, or before a command of the user ended its
 * process. When a visible page ends by itself or is ended from outside, there is no time to take one.
 */
export class TabSnapshots {
  readonly #pictures = new WeakMap<Tab, NativeImage>();
  /** Number of documents of each tab, so that a late snapshot is not stored for the next document. */
  readonly #documents = new WeakMap<Tab, number>();
  #shown: Tab | undefined;

  constructor(strip: TabStrip) {
    // Before the window hides the page: a page that is not on the screen gives no snapshot.
    strip.on('activated', (tab) => {
      const before = this.#shown;
      this.#shown = tab;
      if (before && before !== tab) void this.#take(before);
    });
    strip.on('added', (tab) =>
      tab.on('committed', () => {
        this.#pictures.delete(tab);
        this.#documents.set(tab, this.#documentOf(tab) + 1);
      }),
    );
    strip.on('removed', (tab) => {
      if (this.#shown === tab) this.#shown = undefined;
    });
  }

  /** Takes a snapshot of the page if it is visible. Call it before you end the page. */
  async takeBeforeEnd(tab: Tab): Promise<void> {
    if (tab === this.#shown) await Promise.race([this.#take(tab), sleep(mostWaitMs)]);
  }

  /** Returns the snapshot as a `data:` address, or null when there is none of the last document. */
  of(tab: Tab): string | null {
    const image = this.#pictures.get(tab);
    return image ? `data:image/jpeg;base64,${image.toJPEG(quality).toString('base64')}` : null;
  }

  async #take(tab: Tab): Promise<void> {
    if (!tab.showsPage || tab.pid === null || tab.contents.isDestroyed()) return;
    const document = this.#documentOf(tab);
    const image = await takePicture(tab.contents);
    if (!image || image.isEmpty() || document !== this.#documentOf(tab)) return;
    this.#pictures.set(tab, image.resize({ width: pictureWidth, quality: 'good' }));
  }

  #documentOf(tab: Tab): number {
    return this.#documents.get(tab) ?? 0;
  }
}

import type { NativeImage } from 'electron';
import type { FramePath } from '../frame-path.ts';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';

/** Width of what is shown of it, pixels: it lies behind the sad tab, greyed and blurred. This process draws it itself. */
const pictureWidth = 320;
const quality = 50;

/**
 * The last frame that was carried of each tab. Of the tab that is watched the frame as it was painted, of the others one
 * that was made small when they went out of sight.
 */
export class LastPictures {
  readonly #frames = new WeakMap<Tab, NativeImage>();
  #watched: Tab | undefined;

  constructor(strip: TabStrip, framePath: FramePath) {
    framePath.on('frame', (tab, image) => {
      if (this.#watched !== tab) this.#shrink(this.#watched);
      this.#watched = tab;
      this.#frames.set(tab, image);
    });
    strip.on('added', (tab) => tab.on('committed', () => this.#frames.delete(tab)));
    strip.on('removed', (tab) => {
      if (this.#watched === tab) this.#watched = undefined;
    });
  }

  /** As a `data:` address; null when no frame of its last document was ever carried. */
  of(tab: Tab): string | null {
    this.#shrink(tab);
    const image = this.#frames.get(tab);
    return image ? `data:image/jpeg;base64,${image.toJPEG(quality).toString('base64')}` : null;
  }

  #shrink(tab: Tab | undefined): void {
    const image = tab && this.#frames.get(tab);
    if (!tab || !image || image.isEmpty() || image.getSize().width <= pictureWidth) return;
    this.#frames.set(tab, image.resize({ width: pictureWidth, quality: 'good' }));
  }
}

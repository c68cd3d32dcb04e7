/** Widths of tabs, px. */
export const tabWidths = { most: 232, least: 84, pinned: 44 };
/** Distance out of view up to which tabs are drawn, px. */
const reach = 500;

interface StripSize {
  /** Number of tabs, and of pinned tabs among them, which come first. */
  tabs: number;
  pinned: number;
  /** Room for the tabs, px. */
  room: number;
}

/** Computes the positions of the strip's tabs. All unpinned tabs have the same width. */
export class StripLayout {
  readonly tabWidth: number;
  readonly #tabs: number;
  readonly #pinned: number;

  constructor({ tabs, pinned, room }: StripSize) {
    this.#tabs = tabs;
    this.#pinned = pinned;
    const share = (room - pinned * tabWidths.pinned) / Math.max(1, tabs - pinned);
    this.tabWidth = Math.min(tabWidths.most, Math.max(tabWidths.least, share));
  }

  /** Width of all tabs together, px. */
  get width(): number {
    return this.left(this.#tabs);
  }

  /** Returns the left edge of the tab at this index, px. */
  left(index: number): number {
    const pinned = Math.min(index, this.#pinned);
    return pinned * tabWidths.pinned + (index - pinned) * this.tabWidth;
  }

  /** Returns the indices to draw when the strip shows `room` px from `scrolled` on, including those in `kept`. */
  drawn(scrolled: number, room: number, ...kept: number[]): number[] {
    const first = Math.max(0, this.#at(scrolled - reach));
    const last = Math.min(this.#tabs - 1, this.#at(scrolled + room + reach));
    const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    const others = kept.filter((index) => index >= 0 && index < this.#tabs && (index < first || index > last));
    return [...new Set([...drawn, ...others])].sort((one, other) => one - other);
  }

  /** Returns the scroll position at which the tab at this index is in view; `scrolled` if it already is. */
  scrollTo(index: number, scrolled: number, room: number): number {
    const [left, right] = [this.left(index), this.left(index + 1)];
    if (left < scrolled) return left;
    return right > scrolled + room ? right - room : scrolled;
  }

  #at(position: number): number {
    const pinnedWidth = this.#pinned * tabWidths.pinned;
    if (position < pinnedWidth) return Math.floor(position / tabWidths.pinned);
    return this.#pinned + Math.floor((position - pinnedWidth) / this.tabWidth);
  }
}

/** Returns the width at which all tabs have their full width, px. */
export const idealWidth = (tabs: number, pinned: number): number =>
  pinned * tabWidths.pinned + (tabs - pinned) * tabWidths.most;

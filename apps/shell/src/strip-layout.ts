/** Widths of tabs, px. */
export const tabWidths = { most: 232, least: 84, pinned: 44 };
/** How far beyond what is in view tabs are drawn, px. */
const reach = 500;

interface StripSize {
  /** How many tabs there are, and how many of them are pinned: those stand first. */
  tabs: number;
  pinned: number;
  /** Room for them, px. */
  room: number;
}

/** Where each tab of the strip is. All tabs that are not pinned have the same width, so this is arithmetic. */
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

  /** Of all tabs together, px. */
  get width(): number {
    return this.left(this.#tabs);
  }

  /** Left edge of the tab at this place, px. */
  left(index: number): number {
    const pinned = Math.min(index, this.#pinned);
    return pinned * tabWidths.pinned + (index - pinned) * this.tabWidth;
  }

  /** The places that are drawn when the strip shows `room` px from `scrolled` on, and those that are kept always. */
  drawn(scrolled: number, room: number, ...kept: number[]): number[] {
    const first = Math.max(0, this.#at(scrolled - reach));
    const last = Math.min(this.#tabs - 1, this.#at(scrolled + room + reach));
    const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    const others = kept.filter((index) => index >= 0 && index < this.#tabs && (index < first || index > last));
    return [...new Set([...drawn, ...others])].sort((one, other) => one - other);
  }

  /** How far to scroll so that the tab at this place is in view; as far as before when it is already. */
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

/** How wide the strip would like to be, px. */
export const idealWidth = (tabs: number, pinned: number): number =>
  pinned * tabWidths.pinned + (tabs - pinned) * tabWidths.most;

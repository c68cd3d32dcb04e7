import type { TabState } from '@bulkhead/contracts';
import { keptShownText } from '../omnibox/shown-text.ts';
import { activeEntryOf, type SavedTab } from '../storage/session/saved-session.ts';
import { emptyTab, tabStateOf } from './tab-state.ts';

/**
 * Number of characters of the address that are sent to the shell as a hint. The whole address is sent when the tab is
 * shown.
 */
const hintLength = 1024;

/**
 * A tab of an earlier session that the user has not looked at since. It is in the strip, but has no contents and no
 * process. It never changes. When it is first shown, a `Tab` with the same number replaces it.
 */
export class SleepingTab {
  readonly id: number;
  readonly historyVersion = 0;
  readonly #saved: SavedTab;
  readonly #shownText = keptShownText();

  constructor(id: number, saved: SavedTab) {
    this.id = id;
    this.#saved = saved;
  }

  get pinned(): boolean {
    return this.#saved.pinned;
  }

  get address(): string {
    return activeEntryOf(this.#saved).address;
  }

  get title(): string {
    return activeEntryOf(this.#saved).title;
  }

  saved(): SavedTab {
    return this.#saved;
  }

  /** Returns the same tab, pinned or not. */
  withPin(pinned: boolean): SleepingTab {
    return new SleepingTab(this.id, { ...this.#saved, pinned });
  }

  state(): TabState {
    const { address, title } = activeEntryOf(this.#saved);
    const hint = address.slice(0, hintLength);
    return tabStateOf({
      ...emptyTab,
      id: this.id,
      title: title || this.#shownText(hint),
      address: hint,
      shownAddress: this.#shownText(hint),
      committedAddress: address,
      pinned: this.pinned,
    });
  }
}

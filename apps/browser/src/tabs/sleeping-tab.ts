import type { TabState } from '@bulkhead/contracts';
import { keptShownText } from '../omnibox/shown-text.ts';
import { activeEntryOf, type SavedTab } from '../storage/session/saved-session.ts';
import { emptyTab, tabStateOf } from './tab-state.ts';

/** So much of its address is sent to the shell, which only hints at it: the whole one comes when the tab is shown. */
const hintLength = 1024;

/**
 * A tab of an earlier session that the user has not looked at since. It stands in the strip and has neither contents
 * nor a process. It never changes; when it is first shown, a `Tab` of the same number takes its place.
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

  /** The same tab, pinned or not. */
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

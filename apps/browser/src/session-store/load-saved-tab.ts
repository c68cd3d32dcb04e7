import { activeEntryOf, type SavedTab } from './saved-session.ts';
import type { TabHistory } from './tab-history.ts';

/** Contents that have not loaded anything yet. */
interface Contents {
  readonly navigationHistory: object;
  loadURL(address: string): Promise<void>;
}

/** `Electron.NavigationHistory` from Electron 34 on. */
interface RestoringHistory {
  restore(options: {
    entries: { url: string; title: string; pageState?: string | undefined }[];
    index: number;
  }): Promise<void>;
}
const canRestore = (history: object): history is RestoringHistory => 'restore' in history;

/**
 * Loads the page that a tab was at: with its back and forward list, its scroll position and its form where the runtime
 * can restore them, else that page, with the list around it in `list`. What goes wrong arrives as `did-fail-load`.
 */
export function loadSavedTab(contents: Contents, saved: SavedTab, list: Pick<TabHistory, 'surround'>): void {
  const { navigationHistory: history } = contents;
  const { entries: all, activeEntry } = saved;
  if (!canRestore(history)) list.surround(all.slice(0, activeEntry), all.slice(activeEntry + 1));
  const entries = saved.entries.map(({ address, ...rest }) => ({ url: address, ...rest }));
  const loaded = canRestore(history)
    ? history.restore({ entries, index: activeEntry })
    : contents.loadURL(activeEntryOf(saved).address);
  loaded.catch(() => undefined);
}

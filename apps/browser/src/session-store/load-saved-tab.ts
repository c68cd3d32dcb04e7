import { activeEntryOf, type SavedTab } from './saved-session.ts';

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
 * can restore them, else that page alone. What goes wrong arrives as `did-fail-load`.
 */
export function loadSavedTab(contents: Contents, saved: SavedTab): void {
  const { navigationHistory: history } = contents;
  const entries = saved.entries.map(({ address, ...rest }) => ({ url: address, ...rest }));
  const loaded = canRestore(history)
    ? history.restore({ entries, index: saved.activeEntry })
    : contents.loadURL(activeEntryOf(saved).address);
  loaded.catch(() => undefined);
}

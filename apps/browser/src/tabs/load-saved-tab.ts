import { activeEntryOf, type SavedEntry, type SavedTab } from '../storage/session/saved-session.ts';
import type { FormEntries } from './form-entries.ts';
import { placeholder } from './form-entries.ts';
import type { TabHistory } from './tab-history.ts';

/** A tab that has not loaded anything yet. */
interface EmptyTab {
  readonly navigationHistory: object;
  readonly list: Pick<TabHistory, 'surround'>;
  readonly forms: Pick<FormEntries, 'restore'>;
  /** Loads the page of an entry. */
  load(entry: SavedEntry): void;
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
 * Loads the active page of a saved tab: with history, scroll position and form where Electron can restore them,
 * otherwise with the other entries in `list`. Electron gets a placeholder for the answer to a form, because it would
 * request its address by GET. Errors arrive as `did-fail-provisional-load`.
 */
export function loadSavedTab({ navigationHistory: history, list, forms, load }: EmptyTab, saved: SavedTab): void {
  const { entries, activeEntry } = saved;
  if (canRestore(history)) {
    forms.restore(entries);
    const restored = entries.map(({ address, title, pageState, posted }) =>
      posted ? { url: placeholder, title } : { url: address, title, ...(pageState !== undefined && { pageState }) },
    );
    history.restore({ entries: restored, index: activeEntry }).catch(() => undefined);
  } else {
    list.surround(entries.slice(0, activeEntry), entries.slice(activeEntry + 1));
    load(activeEntryOf(saved));
  }
}

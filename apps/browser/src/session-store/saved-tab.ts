import { withoutCredentials } from '../omnibox/credentials.ts';
import type { SavedEntry, SavedTab } from './saved-session.ts';

/** One entry of a back and forward list (`Electron.NavigationEntry`). `posted`: it answers a form. */
export interface HistoryEntry {
  url: string;
  title: string;
  pageState?: string | undefined;
  posted?: true | undefined;
}

/** What of a tab's contents is kept (`Electron.NavigationHistory`). */
export interface History {
  getAllEntries(): HistoryEntry[];
  getActiveIndex(): number;
}

/** A tab as a person sees it. */
export interface Shown {
  pinned: boolean;
  address: string;
  title: string;
}

/** How far the list reaches to each side of the entry that the tab is at. */
const reach = 25;
const longestAddress = 65_536;
const longestTitle = 1024;
const longestPageState = 16_384;

/** A tab for the disk: with its history, or, before its first page has come, with where it goes. */
export function savedTabOf(history: History, { pinned, address, title }: Shown): SavedTab {
  const all = history.getAllEntries();
  const active = history.getActiveIndex();
  const entries: SavedEntry[] = [];
  let activeEntry = -1;
  for (let index = Math.max(0, active - reach); index < Math.min(all.length, active + reach + 1); index++) {
    const entry = all[index];
    if (!entry?.url) continue;
    if (index === active) activeEntry = entries.length;
    else if (!isKept(entry.url)) continue;
    entries.push(savedEntry(entry));
  }
  const current = entries[activeEntry];
  if (!current) return { pinned, entries: [pendingEntry(address, title)], activeEntry: 0 };
  // The title as it is shown: the list's own lags behind a page that changes it.
  entries[activeEntry] = { ...current, title: title.slice(0, longestTitle) };
  return { pinned, entries, activeEntry };
}

/** `chrome:` addresses that never commit are commands, some of which end the browser: never to be opened by itself. */
function pendingEntry(address: string, title: string): SavedEntry {
  return address === '' || /^chrome:/i.test(address)
    ? savedEntry({ url: newTab, title: '' })
    : savedEntry({ url: address, title });
}

function savedEntry({ url: address, title, pageState, posted }: HistoryEntry): SavedEntry {
  const kept = isKept(address);
  const shown = withoutCredentials(address);
  if (kept && posted) {
    // Chromium's record has the content of the form in it.
    return { address: shown, title: title.slice(0, longestTitle), posted };
  }
  return {
    address: kept ? shown : newTab,
    title: title.slice(0, longestTitle),
    // Chromium's record of the page has its address in it.
    ...(kept && shown === address && pageState && pageState.length <= longestPageState && { pageState }),
  };
}

const newTab = 'bulkhead://newtab/';

/** Cut off, an address would be another one; and what a `blob:` stood for has gone with its page. */
const isKept = (address: string) => address.length <= longestAddress && !address.startsWith('blob:');

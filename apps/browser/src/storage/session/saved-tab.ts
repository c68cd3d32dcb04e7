import { pageLimits } from '@bulkhead/contracts';
import { withoutCredentials } from '../../omnibox/credentials.ts';
import { boundedTitle } from '../../tabs/page-facts.ts';
import type { SavedEntry, SavedTab } from './saved-session.ts';

/** One entry of a back and forward list (`Electron.NavigationEntry`). `posted`: it answers a form. */
export interface HistoryEntry {
  url: string;
  title: string;
  pageState?: string | undefined;
  posted?: true | undefined;
}

/** A back and forward list, read entry by entry: a page can make each of them megabytes long. */
export interface History {
  readonly length: number;
  /** -1 while there is none. */
  readonly activeIndex: number;
  entryAt(index: number): HistoryEntry | undefined;
}

/** A tab as the user sees it. */
export interface Shown {
  pinned: boolean;
  address: string;
  title: string;
}

/** How much of a list is read at most: what is read costs time, also where it is too long to be kept. */
const readLength = 1_048_576;

/** A tab for the disk: with its history, or, before its first page has come, with where it goes. */
export function savedTabOf(history: History, { pinned, address, title }: Shown): SavedTab {
  const current = history.entryAt(history.activeIndex);
  if (!current?.url) return { pinned, entries: [pendingEntry(address, title)], activeEntry: 0 };
  // The title as it is shown: that of the list lags behind a page that changes it.
  const entries = [savedEntry({ ...current, title })];
  const budget = { kept: pageLimits.savedTabLength - lengthOf(entries[0]), read: readLength - current.url.length };
  // The nearest entries first, on each side in turn, until one of the bounds is reached.
  const older: SavedEntry[] = [];
  const newer: SavedEntry[] = [];
  for (let distance = 1; distance <= pageLimits.mostEntriesEachWay; distance++) {
    keepEntry(history, history.activeIndex - distance, older, budget);
    keepEntry(history, history.activeIndex + distance, newer, budget);
  }
  return { pinned, entries: [...older.reverse(), ...entries, ...newer], activeEntry: older.length };
}

/** A tab for the disk that has no document yet, and waits for the answer to a form that was sent (POST) to an address. */
export function savedFormOf(address: string, pinned: boolean): SavedTab {
  const shown = withoutCredentials(address);
  return { pinned, entries: [savedEntry({ url: address, title: shown, posted: true })], activeEntry: 0 };
}

function keepEntry(history: History, index: number, entries: SavedEntry[], budget: { kept: number; read: number }) {
  if (index < 0 || index >= history.length || budget.read <= 0 || budget.kept <= 0) return;
  const entry = history.entryAt(index);
  if (!entry) return;
  budget.read -= entry.url.length + (entry.pageState?.length ?? 0);
  if (entry.url === '' || !isKept(entry.url)) return;
  const saved = savedEntry(entry);
  budget.kept -= lengthOf(saved);
  if (budget.kept > 0) entries.push(saved);
}

const lengthOf = (entry: SavedEntry | undefined) =>
  entry ? entry.address.length + entry.title.length + (entry.pageState?.length ?? 0) : 0;

/** `chrome:` addresses that never commit are commands, some of which end the browser: never to be opened by itself. */
function pendingEntry(address: string, title: string): SavedEntry {
  const isCommand = address === '' || /^chrome:/i.test(address);
  return isCommand ? { address: newTab, title: '' } : savedEntry({ url: address, title });
}

/** An entry for the disk. What cannot be opened again is a new tab. */
function savedEntry({ url, title, pageState, posted }: HistoryEntry): SavedEntry {
  const kept = isKept(url);
  const address = kept ? withoutCredentials(url) : newTab;
  // Chromium's record has the content of the form in it.
  if (kept && posted) return { address, title: boundedTitle(title), posted };
  return {
    address,
    title: boundedTitle(title),
    // Chromium's record of the page has its address in it.
    ...(address === url && pageState && pageState.length <= pageLimits.pageStateLength && { pageState }),
  };
}

const newTab = 'bulkhead://newtab/';

/** Cut off, an address would be another one; and what a `blob:` stood for has gone with its page. */
const isKept = (address: string) => address.length <= pageLimits.addressLength && !address.startsWith('blob:');

/** The entries of a list that can be opened again by their addresses, oldest first. */
export function keptEntries(history: History): SavedEntry[] {
  const { url = '', title = '' } = history.entryAt(history.activeIndex) ?? {};
  return savedTabOf(history, { pinned: false, address: url, title }).entries;
}

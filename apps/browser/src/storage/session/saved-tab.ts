import { pageLimits } from '@bulkhead/contracts';
import { boundedTitle } from '../../bounds/page-facts.ts';
import { withoutCredentials } from '../../omnibox/credentials.ts';
import type { SavedEntry, SavedTab } from './saved-session.ts';

/** One entry of a navigation history (`Electron.NavigationEntry`). `posted`: it is the answer to a form. */
export interface HistoryEntry {
  url: string;
  title: string;
  pageState?: string | undefined;
  posted?: true | undefined;
}

/** A navigation history, read entry by entry, because a page can make each entry megabytes long. */
export interface History {
  readonly length: number;
  /** -1 while there is no entry. */
  readonly activeIndex: number;
  entryAt(index: number): HistoryEntry | undefined;
}

/** A tab as the user sees it. */
export interface Shown {
  pinned: boolean;
  address: string;
  title: string;
}

/** Maximum characters to read from a history. Reading takes time even if an entry is then too long to be kept. */
const readLength = 1_048_576;

/** Returns a tab to save: its history, or its target address while its first page has not committed. */
export function savedTabOf(history: History, { pinned, address, title }: Shown): SavedTab {
  const current = history.entryAt(history.activeIndex);
  if (!current?.url) return { pinned, entries: [pendingEntry(address, title)], activeEntry: 0 };
  // The title as it is shown. The history's title lags behind when a page changes it.
  const entries = [savedEntry({ ...current, title })];
  const budget = { kept: pageLimits.savedTabLength - lengthOf(entries[0]), read: readLength - current.url.length };
  // Take the nearest entries first, alternating between both sides, until a limit is reached.
  const older: SavedEntry[] = [];
  const newer: SavedEntry[] = [];
  for (let distance = 1; distance <= pageLimits.mostEntriesEachWay; distance++) {
    keepEntry(history, history.activeIndex - distance, older, budget);
    keepEntry(history, history.activeIndex + distance, newer, budget);
  }
  return { pinned, entries: [...older.reverse(), ...entries, ...newer], activeEntry: older.length };
}

/** Returns a tab to save that has no document yet and waits for the answer to a form (POST). */
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

/** A `chrome:` address that never commits is a command, and some commands end the browser: never reopen one. */
function pendingEntry(address: string, title: string): SavedEntry {
  const isCommand = address === '' || /^chrome:/i.test(address);
  return isCommand ? { address: newTab, title: '' } : savedEntry({ url: address, title });
}

/** Returns an entry to save. An address that cannot be reopened becomes a new tab. */
function savedEntry({ url, title, pageState, posted }: HistoryEntry): SavedEntry {
  const kept = isKept(url);
  const address = kept ? withoutCredentials(url) : newTab;
  // Leave out the page state: it contains the content of the form.
  if (kept && posted) return { address, title: boundedTitle(title), posted };
  return {
    address,
    title: boundedTitle(title),
    // Chromium's page state contains the address, so it is dropped when the address was changed.
    ...(address === url && pageState && pageState.length <= pageLimits.pageStateLength && { pageState }),
  };
}

const newTab = 'bulkhead://newtab/';

/** A cut-off address would be another address, and a `blob:` address ends with its page. */
const isKept = (address: string) => address.length <= pageLimits.addressLength && !address.startsWith('blob:');

/** Returns the entries of a history that can be reopened by their addresses, oldest first. */
export function keptEntries(history: History): SavedEntry[] {
  const { url = '', title = '' } = history.entryAt(history.activeIndex) ?? {};
  return savedTabOf(history, { pinned: false, address: url, title }).entries;
}

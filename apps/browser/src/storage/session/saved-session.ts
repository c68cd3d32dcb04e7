import { bounded, count, pageLimits } from '@bulkhead/contracts';
import * as v from 'valibot';

// What is written of a session: no process, no picture, nothing that a page could have made large without bound.

/** One entry of a tab's back and forward list. */
const savedEntry = v.object({
  address: bounded(pageLimits.addressLength),
  title: bounded(pageLimits.titleLength),
  /** Chromium's own record of the page (scroll position, form), base64; only from runtimes that give one. */
  pageState: v.optional(bounded(65_536)),
  /**
   * It answered a form (POST), whose content is never written. What is left is the address, which is not to be asked
   * for by GET without a word.
   */
  posted: v.optional(v.literal(true)),
});
export type SavedEntry = v.InferOutput<typeof savedEntry>;

/** One tab: its history, oldest first, and which entry of it the tab is at, counted from 0. */
const savedTab = v.pipe(
  v.object({ pinned: v.boolean(), entries: v.array(savedEntry), activeEntry: count }),
  v.check(({ entries, activeEntry }) => activeEntry < entries.length, 'the active entry is not there'),
);
export type SavedTab = v.InferOutput<typeof savedTab>;

/** One window: its tabs in order, at least one, and which of them is active, counted from 0. */
const savedWindow = v.pipe(
  v.object({ tabs: v.array(savedTab), activeTab: count }),
  v.check(({ tabs, activeTab }) => activeTab < tabs.length, 'the active tab is not there'),
);
export type SavedWindow = v.InferOutput<typeof savedWindow>;

const savedSession = v.object({ windows: v.array(savedWindow) });
export type SavedSession = v.InferOutput<typeof savedSession>;

/** The session in a JSON text; undefined for anything else. */
export function parseSession(text: string): SavedSession | undefined {
  try {
    return sessionOf(JSON.parse(text));
  } catch {
    return undefined; // not even JSON
  }
}

/** The session in a value; undefined for anything else. */
export function sessionOf(value: unknown): SavedSession | undefined {
  const parsed = v.safeParse(savedSession, value);
  return parsed.success ? parsed.output : undefined;
}

/** The entry that the tab is at. */
export function activeEntryOf({ entries, activeEntry }: SavedTab): SavedEntry {
  const entry = entries[activeEntry];
  if (!entry) throw new Error('a saved tab without its active entry');
  return entry;
}

/** How many characters all tabs of a session may have: above it, tabs are kept without their histories. */
const sessionCharacters = 67_108_864;
/** Above twice as many, an address that is longer than most is not kept either. */
const usualAddressLength = 2048;

/** What is kept of a tab beside others that have so many characters together. */
export function withinBudget(saved: SavedTab, others: number): SavedTab {
  if (others + lengthOf(saved) <= sessionCharacters) return saved;
  const entry = activeEntryOf(saved);
  const alone = { ...saved, entries: [entry], activeEntry: 0 };
  if (entry.address.length <= usualAddressLength || others + lengthOf(alone) <= 2 * sessionCharacters) return alone;
  return { ...alone, entries: [{ address: 'bulkhead://newtab/', title: entry.title }] };
}

/** Characters of everything that is kept of a tab. */
export const lengthOf = ({ entries }: SavedTab): number =>
  entries.reduce(
    (sum, { address, title, pageState = '' }) => sum + address.length + title.length + pageState.length,
    0,
  );

import { bounded, count, pageLimits } from '@bulkhead/contracts';
import * as v from 'valibot';

// The saved part of a session: no process, no snapshot, and nothing whose size a page controls.

/** One entry of a tab's back and forward list. */
const savedEntry = v.object({
  address: bounded(pageLimits.addressLength),
  title: bounded(pageLimits.titleLength),
  /** Chromium's own record of the page (scroll position, form), base64. Only some versions of Electron provide it. */
  pageState: v.optional(bounded(65_536)),
  /**
   * The entry is the answer to a form (POST). The form's content is never written. Its address must not be requested by
   * GET without asking the user.
   */
  posted: v.optional(v.literal(true)),
});
export type SavedEntry = v.InferOutput<typeof savedEntry>;

/** One tab: its history, oldest first, and the index of its active entry. */
const savedTab = v.pipe(
  v.object({ pinned: v.boolean(), entries: v.array(savedEntry), activeEntry: count }),
  v.check(({ entries, activeEntry }) => activeEntry < entries.length, 'the active entry is not there'),
);
export type SavedTab = v.InferOutput<typeof savedTab>;

/** One window: its tabs in order, at least one, and the index of the active tab. */
const savedWindow = v.pipe(
  v.object({ tabs: v.array(savedTab), activeTab: count }),
  v.check(({ tabs, activeTab }) => activeTab < tabs.length, 'the active tab is not there'),
);
export type SavedWindow = v.InferOutput<typeof savedWindow>;

const savedSession = v.object({ windows: v.array(savedWindow) });
export type SavedSession = v.InferOutput<typeof savedSession>;

/** Returns the session in a JSON text, or undefined for anything else. */
export function parseSession(text: string): SavedSession | undefined {
  try {
    return sessionOf(JSON.parse(text));
  } catch {
    return undefined; // not JSON
  }
}

/** Returns the session in a value, or undefined for anything else. */
export function sessionOf(value: unknown): SavedSession | undefined {
  const parsed = v.safeParse(savedSession, value);
  return parsed.success ? parsed.output : undefined;
}

/** Returns the active entry of a tab. */
export function activeEntryOf({ entries, activeEntry }: SavedTab): SavedEntry {
  const entry = entries[activeEntry];
  if (!entry) throw new Error('the saved tab has no entry at its active index');
  return entry;
}

/** Maximum characters of all tabs of a session. Above it, a tab is saved without its history. */
const sessionCharacters = 67_108_864;
/** Above twice `sessionCharacters`, an address longer than this is not saved either. */
const usualAddressLength = 2048;

/** Returns the part of a tab to save, given the characters that the other tabs take together. */
export function withinBudget(saved: SavedTab, others: number): SavedTab {
  if (others + lengthOf(saved) <= sessionCharacters) return saved;
  const entry = activeEntryOf(saved);
  const alone = { ...saved, entries: [entry], activeEntry: 0 };
  if (entry.address.length <= usualAddressLength || others + lengthOf(alone) <= 2 * sessionCharacters) return alone;
  return { ...alone, entries: [{ address: 'bulkhead://newtab/', title: entry.title }] };
}

/** Returns the number of characters saved for a tab. */
export const lengthOf = ({ entries }: SavedTab): number =>
  entries.reduce(
    (sum, { address, title, pageState = '' }) => sum + address.length + title.length + pageState.length,
    0,
  );

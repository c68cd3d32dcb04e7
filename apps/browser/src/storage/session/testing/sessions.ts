import type { SessionRecord } from '../generation.ts';
import type { SavedSession, SavedTab } from '../saved-session.ts';
import type { SessionFile } from '../session-file.ts';
import type { SessionFiles } from '../session-files.ts';

/** Returns a saved tab with this title. */
export const tabOf = (title: string): SavedTab => ({
  pinned: false,
  activeEntry: 0,
  entries: [{ address: `https://example.org/${encodeURIComponent(title)}`, title }],
});

/** Returns a session of tabs with these titles. The first one is active. */
export const sessionOfTabs = (...titles: string[]): SavedSession => ({
  windows: [{ activeTab: 0, tabs: titles.map(tabOf) }],
});

/** Returns the same session as a record. */
export const recordOfTabs = (...titles: string[]): SessionRecord => ({
  tabs: titles.map((title, index) => [index + 1, tabOf(title)]),
  order: titles.map((_, index) => index + 1),
  active: 1,
});

/** Writes a generation with this session, and gives it its final name. */
export async function writeWhole(files: SessionFiles, record: SessionRecord): Promise<SessionFile> {
  const file = await files.create();
  await file.write(record);
  await files.publish(file);
  return file;
}

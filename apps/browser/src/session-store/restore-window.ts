import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TabStrip } from '../tab-strip.ts';
import type { SavedWindow } from './saved-session.ts';

/** Longest that restoring keeps the browser from anything else, ms: well below a frame. */
const turnMs = 4;

/**
 * Puts the tabs of a window in, in their order, in front of those that are there. With `activate`, the tab that was
 * active is first, at once, and its page is on its way when this returns. All others are loaded when they are first
 * shown. Resolves when every tab is there.
 */
export async function restoreWindow(
  strip: Pick<TabStrip, 'restore' | 'activate'>,
  { tabs, activeTab }: SavedWindow,
  { activate }: { activate: boolean },
): Promise<void> {
  const active = tabs[activeTab];
  if (activate && active) strip.activate(strip.restore(active, 0));
  let turnBegan = performance.now();
  for (const [index, saved] of tabs.entries()) {
    if (activate && index === activeTab) continue;
    strip.restore(saved, index);
    if (performance.now() - turnBegan < turnMs) continue;
    await nextTurn();
    turnBegan = performance.now();
  }
}

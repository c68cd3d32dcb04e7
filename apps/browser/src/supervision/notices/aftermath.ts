import { setTimeout as sleep } from 'node:timers/promises';
import type { Aftermath } from '@bulkhead/contracts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';

/** Time for which the other tabs are watched after a fault, and again for comparison, ms. */
const watchMs = 700;
/** Pause between two questions to a tab, ms, and maximum number of tabs: bounds the cost of the measurement. */
const askMs = 25;
const mostTabs = 16;

/**
 * Measures how the tabs other than `victim` respond, by repeated questions over their ports: first right after the
 * fault, then, for comparison, after it is over.
 */
export async function watchOthers(strip: TabStrip, victim: Tab | undefined): Promise<Aftermath> {
  const others = strip.tabs.filter((tab) => tab !== victim && tab.pid !== null && tab.connection?.responsive);
  if (others.length === 0) return { tabs: 0, longestGapMs: 0, usualGapMs: 0, heartbeatsLost: 0 };
  const asked = others.slice(0, mostTabs);
  const beats = asked.flatMap((tab) => tab.connection?.watchBeats() ?? []);
  const longestGapMs = Math.max(...(await Promise.all(asked.map(longestGap))));
  const usualGapMs = Math.max(...(await Promise.all(asked.map(longestGap))));
  const heartbeatsLost = beats.reduce((sum, watch) => sum + watch.counts().lost, 0);
  for (const watch of beats) watch.stop();
  return { tabs: asked.length, longestGapMs, usualGapMs, heartbeatsLost };
}

/** Returns the longest time between two answers of a tab during `watchMs`, ms. */
async function longestGap(tab: Tab): Promise<number> {
  const { connection } = tab;
  const startedAt = performance.now();
  let lastAt = startedAt;
  let longestMs = 0;
  while (performance.now() - startedAt < watchMs) {
    const answered = await Promise.race([
      connection?.ask().then(
        () => true,
        () => false, // it also ends now
      ),
      sleep(watchMs, false),
    ]);
    const now = performance.now();
    longestMs = Math.max(longestMs, now - lastAt);
    if (!answered) break;
    await sleep(askMs);
    lastAt = performance.now();
  }
  return longestMs;
}

import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import { QuietProcesses, type Watched } from './quiet-processes.ts';

interface Options {
  strip: TabStrip;
  /** The other processes that answer heartbeats. */
  others: readonly Watched[];
  /** The user can see the window. */
  isWindowSeen: () => boolean;
  /** The shell shows the heartbeats of the active tab. */
  showsBeats: () => boolean;
}

/** Lets the heartbeats of quiet processes rest. A tab has to answer again as soon as the user shows it or uses it. */
export function restHeartbeats({ strip, others, isWindowSeen, showsBeats }: Options): QuietProcesses {
  const ofTab = (tab: Tab): Watched => {
    const isSeen = tab === strip.active && isWindowSeen();
    const rest = (mayRest: boolean) => tab.connection?.rest(mayRest);
    return { pid: tab.pid, rest, isSeen, isCounted: isSeen && showsBeats() };
  };
  strip.on('activated', (tab) => tab.connection?.rest(false));
  strip.on('added', (tab) => tab.contents.on('input-event', () => tab.connection?.rest(false)));
  return new QuietProcesses({ watched: () => [...strip.tabs.map(ofTab), ...others] });
}

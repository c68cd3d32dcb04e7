import { pageLimits } from '@bulkhead/contracts';
import { withoutCredentials } from '../../omnibox/credentials.ts';
import { cutText } from '../../tabs/page-facts.ts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import type { History } from './history.ts';

const recorded = /^(https?|file):/;
/** A page that goes from address to address by itself is not to push everything else out: visits of a tab a minute. */
const mostAMinute = 60;

/** Records what every tab goes to. */
export function recordHistory(strip: TabStrip, history: History): void {
  strip.on('added', (tab) => {
    if (!tab.ofDrill) record(tab, history);
  });
}

function record(tab: Tab, history: History): void {
  const { contents } = tab;
  let before = '';
  let times: number[] = [];
  let retitle: ((title: string) => void) | undefined;
  const visited = (committed: string, title: string) => {
    const address = withoutCredentials(committed);
    // The same page again, or another place in it, is no other visit.
    if (address === before) return;
    before = address;
    retitle = undefined;
    if (!recorded.test(address) || address.length > pageLimits.visitAddressLength) return;
    const now = performance.now();
    times = times.filter((time) => now - time < 60_000);
    if (times.length >= mostAMinute) return;
    times.push(now);
    retitle = history.add(address, cutText(title, pageLimits.visitTitleLength));
  };
  contents.on('did-navigate', (_event, address, status) => {
    // What could not be found is not worth finding again.
    if (status < 400) visited(address, '');
    else retitle = undefined;
  });
  contents.on('did-navigate-in-page', (_event, address, isMainFrame) => {
    if (isMainFrame) visited(address, contents.getTitle());
  });
  contents.on('page-title-updated', (_event, title) => {
    retitle?.(cutText(title, pageLimits.visitTitleLength));
    // The first is the page's; what it makes of it later may go on for ever.
    retitle = undefined;
  });
}

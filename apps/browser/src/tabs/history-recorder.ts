import { pageLimits } from '@bulkhead/contracts';
import { cutText } from '../bounds/page-facts.ts';
import { withoutCredentials } from '../omnibox/credentials.ts';
import type { History } from '../storage/history/history.ts';
import { Recent } from '../timing/recent.ts';
import type { Tab } from './tab.ts';
import type { TabStrip } from './tab-strip.ts';

const recorded = /^(https?|file):/;
/** Limit of visits per tab and minute, so that a page that navigates by itself does not push out all other visits. */
const mostAMinute = 60;

/** Records the addresses that every tab visits. */
export function recordHistory(strip: TabStrip, history: History): void {
  strip.on('added', (tab) => {
    if (!tab.ofDrill) record(tab, history);
  });
}

function record(tab: Tab, history: History): void {
  const { contents } = tab;
  let before = '';
  const visits = new Recent(60_000);
  let retitle: ((title: string) => void) | undefined;
  const visited = (committed: string, title: string) => {
    const address = withoutCredentials(committed);
    // The same page, or another place on it, is not a new visit.
    if (address === before) return;
    before = address;
    retitle = undefined;
    if (!recorded.test(address) || address.length > pageLimits.visitAddressLength) return;
    if (visits.count() >= mostAMinute) return;
    visits.add();
    retitle = history.add(address, cutText(title, pageLimits.visitTitleLength));
  };
  contents.on('did-navigate', (_event, address, status) => {
    // An error page is not worth finding again.
    if (status < 400) visited(address, '');
    else retitle = undefined;
  });
  contents.on('did-navigate-in-page', (_event, address, isMainFrame) => {
    if (isMainFrame) visited(address, contents.getTitle());
  });
  contents.on('page-title-updated', (_event, title) => {
    retitle?.(cutText(title, pageLimits.visitTitleLength));
    // Keep the first title only: a page may change its title endlessly.
    retitle = undefined;
  });
}

import { type LoadFailure, pageLimits, type TabState } from '@bulkhead/contracts';
import { boundedAddress, boundedLoadFailure, boundedTitle, cutText } from '../bounds/page-facts.ts';
import { isInternal } from './navigation-policy.ts';
import { healthy } from './tab-health.ts';

/** Facts of a tab as Electron and the page give them: of any length and content. */
export interface TabFacts extends Omit<TabState, 'internal' | 'failed'> {
  /** Address of the committed document. Policy depends on this one. */
  committedAddress: string;
  failed: LoadFailure | null;
}

/** Returns a tab's state, bounded so that it can be sent to the shell. */
export function tabStateOf({ committedAddress, ...facts }: TabFacts): TabState {
  return {
    ...facts,
    title: boundedTitle(facts.title),
    address: boundedAddress(facts.address),
    shownAddress: cutText(facts.shownAddress, pageLimits.addressLength),
    internal: isInternal(committedAddress),
    failed: facts.failed && boundedLoadFailure(facts.failed),
  };
}

/** Facts of a tab without page and process. */
export const emptyTab: Omit<TabFacts, 'id'> = {
  title: '',
  address: '',
  shownAddress: '',
  committedAddress: '',
  favicon: null,
  loading: false,
  pinned: false,
  canGoBack: false,
  canGoForward: false,
  pid: null,
  sharesProcessWith: [],
  ended: null,
  failed: null,
  responsive: true,
  heartbeat: { answered: 0, lost: 0, longestGapMs: 0 },
  ...healthy,
};

import { type LoadFailure, pageLimits, type TabState } from '@bulkhead/contracts';
import { isInternal } from './navigation-policy.ts';
import { boundedAddress, boundedLoadFailure, boundedTitle, cutText } from './page-facts.ts';
import { healthy } from './tab-health.ts';

/** What a tab is, as the runtime and the page tell it: any length, any content. */
export interface TabFacts extends Omit<TabState, 'internal' | 'failed'> {
  /** Of the document that the tab has: policy goes by this one. */
  committedAddress: string;
  failed: LoadFailure | null;
}

/** A tab as the shell may be told of it. */
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

/** Facts of a tab that has nothing: no page and no process. */
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

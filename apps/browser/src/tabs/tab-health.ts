import type { TabState } from '@bulkhead/contracts';

/** Findings of a tab's watchers. Each watcher writes its own fields with `note`. */
export type TabHealth = Pick<
  TabState,
  | 'hang'
  | 'memory'
  | 'dialog'
  | 'asksToResend'
  | 'debugged'
  | 'deadFrames'
  | 'printing'
  | 'fullScreen'
  | 'leaveHint'
  | 'aftermath'
  | 'blockedPopups'
  | 'refused'
  | 'slowsBrowser'
  | 'cutOff'
>;

export const healthy: TabHealth = {
  hang: null,
  memory: null,
  dialog: null,
  asksToResend: false,
  debugged: false,
  deadFrames: [],
  printing: false,
  fullScreen: false,
  leaveHint: null,
  aftermath: null,
  blockedPopups: null,
  refused: null,
  slowsBrowser: false,
  cutOff: false,
};

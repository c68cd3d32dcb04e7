import type { ProcessEnd, ScrollPosition } from '@bulkhead/contracts';
import type { WebFrameMain } from 'electron';

/** The events of a tab. */
export interface TabEvents {
  /** The tab's `state()` has changed. */
  changed: [];
  /** The browser is about to load another document, or this one again. `again` repeats that. */
  leaving: [again: () => void];
  /** The pending navigation has committed, has failed, or was replaced by another one. */
  arrived: [];
  /** A document of the main frame has committed, in any process. */
  committed: [];
  /** The renderer became responsive or unresponsive. */
  responsiveness: [];
  /** The document has a port to the browser. */
  connected: [WebFrameMain];
  /** The document reports this scroll position. It may lie. */
  scrolled: [ScrollPosition];
  /** The document is new, or has a new port: it has not answered over it yet. */
  awaited: [];
  /** The document has answered over its port for the first time. */
  answered: [];
  /** The address could not be loaded: the earlier document is gone. */
  failed: [];
  /** The renderer process has ended. The tab continues without one. */
  ended: [ProcessEnd];
  /**
   * The renderer process has ended, emitted within Electron's own event: for work that must stop before Electron's next
   * task.
   */
  ending: [];
  /** A question of the page is shown to the user, or no longer. */
  asks: [isAsking: boolean];
  /** The user closes the tab. Its page still exists. */
  closing: [];
  /** The page's contents are destroyed. */
  closed: [];
}

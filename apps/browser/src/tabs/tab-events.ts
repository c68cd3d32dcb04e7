import type { ProcessEnd, ScrollPosition } from '@bulkhead/contracts';
import type { WebFrameMain } from 'electron';

/** What a tab tells those who follow it. */
export interface TabEvents {
  /** Something of `state()` is different now. */
  changed: [];
  /** The browser is about to take it to another document, or to load this one again. `again` does the same again. */
  leaving: [again: () => void];
  /** The navigation that was under way has come to its document, has failed, or has given way to another one. */
  arrived: [];
  /** A document of the main frame has been committed, in whichever process. */
  committed: [];
  /** Its process answers again, or no longer. */
  responsiveness: [];
  /** Its document has a port to the browser. */
  connected: [WebFrameMain];
  /** Its document is scrolled to this place now; it may lie. */
  scrolled: [ScrollPosition];
  /** Its document is new, or has a new port: nothing has been heard over it yet. */
  awaited: [];
  /** Its document has answered over its port for the first time. */
  answered: [];
  /** Its address could not be loaded: the document that it had has gone. */
  failed: [];
  /** The renderer process has gone; the tab lives on without one. */
  ended: [ProcessEnd];
  /** The same, from inside the runtime's own event: for what has to stop before the runtime's next task. */
  ending: [];
  /** A question of it is put to the user, or there is none any more. */
  asks: [isAsking: boolean];
  /** A person closes it; its page is still there. */
  closing: [];
  /** The page's contents are gone for good. */
  closed: [];
}

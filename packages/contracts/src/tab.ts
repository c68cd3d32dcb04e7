import { call, contract, port, push } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { count } from './primitives.ts';
import { frameToMark, preloadFault, sadFrameWords } from './tab-faults.ts';
import { scrollPosition } from './tab-view.ts';

/** Values that a page's process reports about itself. All may be lies: show them, never act on them. */
export const tabVitals = v.strictObject({
  /** JavaScript heap in use, bytes; null if Chromium does not report it. */
  heapBytes: v.nullable(count),
  /** Network bytes of the document and its resources. Resources whose site hides their size count 0. */
  networkBytes: count,
  /** Elements in the main document. */
  elements: count,
});
export type TabVitals = v.InferOutput<typeof tabVitals>;

/**
 * Requests of the browser to a tab's preload. Served by apps/tab in the tab's renderer: HOSTILE, a page may have taken
 * over the process. Called by apps/browser. One port per document; it closes with the document. Heartbeats run on it.
 */
export const tab = contract('tab', {
  version: 1,
  server: 'tab',
  caller: 'browser',
  trust: 'full',
  serverTrust: 'none',
  lifetime: 'one per document of the main frame',
  // A tab's messages are small. Each KiB that it sends may hold the browser's thread for 20 us before it is judged.
  limits: { bytesPerSecond: 64 * 1024 },
  calls: {
    vitals: call({ output: tabVitals, deadlineMs: 3000 }),
    /**
     * Returns whether the document may hold unsaved work (its `beforeunload`). Called before the tab is closed;
     * subframes are asked separately. A document that the user has not touched, or that answers too late, never
     * objects.
     */
    objectsToClosing: call({ output: v.boolean(), deadlineMs: 1000 }),
  },
  pushes: {
    toServer: {
      /** The tab's end of a direct port to a plugin (contract `tab-view`), which does not pass through the browser. */
      viewPort: push([port()]),
      /** Causes this fault in the tab's own process, now, as a page that has taken it over could. */
      breakYourself: push([preloadFault]),
      /** Lists all subframes whose processes have ended: each gets a sad frame with these words. */
      markDeadFrames: push([v.array(frameToMark), sadFrameWords]),
      /** Loads the marked subframes again. */
      reloadDeadFrames: push([]),
    },
    toCaller: {
      /** Whether the page now waits for the system's print window. */
      printing: push([v.boolean()]),
      /** Scroll position, shortly after the page was scrolled. */
      scrolled: push([scrollPosition]),
    },
  },
});

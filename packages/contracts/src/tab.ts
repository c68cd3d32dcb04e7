import { call, contract, port, push } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { count } from './primitives.ts';
import { frameToMark, preloadFault, sadFrameWords } from './tab-faults.ts';
import { scrollPosition } from './tab-view.ts';

/** What a page's own process says of itself. All of it may be a lie: it is shown, never acted upon. */
export const tabVitals = v.strictObject({
  /** JavaScript heap in use, bytes; null where the runtime does not tell. */
  heapBytes: v.nullable(count),
  /** Bytes over the network for the document and what it fetched; what another site keeps to itself counts nothing. */
  networkBytes: count,
  /** Elements in the main document. */
  elements: count,
});
export type TabVitals = v.InferOutput<typeof tabVitals>;

/**
 * What the browser asks of a tab's preload. Served by apps/tab in the tab's renderer: HOSTILE, a page may have taken
 * its process over. Called by apps/browser. One port per document; it closes with it. Heartbeats run on it.
 */
export const tab = contract('tab', {
  version: 1,
  server: 'tab',
  caller: 'browser',
  trust: 'full',
  serverTrust: 'none',
  lifetime: 'one per document of the main frame',
  // What it may say is small. Of what it sends each KiB may hold the browser's thread for 20 us before it is judged.
  limits: { bytesPerSecond: 64 * 1024 },
  calls: {
    vitals: call({ output: tabVitals, deadlineMs: 3000 }),
    /**
     * Whether the document may hold something that the user would lose (its `beforeunload`), asked before the tab is
     * closed; its frames are asked apart from it. One that the user has not touched, or that is late, never does.
     */
    objectsToClosing: call({ output: v.boolean(), deadlineMs: 1000 }),
  },
  pushes: {
    toServer: {
      /** The tab's end of a port straight to a plugin (contract `tab-view`): what they say does not pass the browser. */
      viewPort: push([port()]),
      /** Causes this fault in its own process, now: what a page that has taken the process over could do. */
      breakYourself: push([preloadFault]),
      /** These frames, and no others, have lost their processes: each gets a sad frame with these words. */
      markDeadFrames: push([v.array(frameToMark), sadFrameWords]),
      /** Loads the frames that are marked again. */
      reloadDeadFrames: push([]),
    },
    toCaller: {
      /** The page waits for the system's print window now, or no longer. */
      printing: push([v.boolean()]),
      /** Where the page is scrolled to, a moment after it was scrolled. */
      scrolled: push([scrollPosition]),
    },
  },
});

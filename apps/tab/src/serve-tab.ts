import { tab, tabView } from '@bulkhead/contracts';
import { messagePortEndpoint, serve } from '@bulkhead/rpc';
import { breakYourself } from './break-yourself.ts';
import { followPrinting } from './follow-printing.ts';
import { followScrolling, scrollPlace } from './follow-scrolling.ts';
import { networkBytes } from './network-bytes.ts';
import { objectsToClosing } from './objections.ts';
import { SadFrames } from './sad-frames.ts';

/** One for the document, whichever port asks. */
let sadFrames: SadFrames | undefined;

/** Serves the browser, and every plugin to which the browser gives a port. */
export function serveTab(port: MessagePort): void {
  const served = serve(
    tab,
    messagePortEndpoint(port),
    {
      vitals: () => ({
        heapBytes: performance.memory?.usedJSHeapSize ?? null,
        networkBytes: networkBytes(),
        elements: document.getElementsByTagName('*').length,
      }),
      objectsToClosing,
      breakYourself: (fault) => breakYourself(fault, port),
      markDeadFrames: (frames, words) => {
        sadFrames ??= new SadFrames();
        sadFrames.mark(frames, words);
      },
      reloadDeadFrames: () => sadFrames?.reload(),
      viewPort: (viewPort) => {
        serve(tabView, messagePortEndpoint(viewPort), { scrollPosition: scrollPlace }, { heartbeat: false });
      },
    },
    { heartbeat: false },
  );
  followPrinting((printing) => served.push.printing(printing));
  followScrolling((place) => served.push.scrolled(place));
}

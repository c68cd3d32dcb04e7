import { tab, tabView } from '@bulkhead/contracts';
import { messagePortEndpoint, serve } from '@bulkhead/rpc';

/** Answers the browser, and every plugin that the browser gives a port to. */
export function serveTab(port: MessagePort): void {
  serve(tab, messagePortEndpoint(port), {
    vitals: () => ({
      heapBytes: performance.memory?.usedJSHeapSize ?? null,
      elements: document.getElementsByTagName('*').length,
    }),
    viewPort: (viewPort) => {
      serve(tabView, messagePortEndpoint(viewPort), {
        scrollPosition: () => ({ x: window.scrollX, y: window.scrollY }),
      });
    },
  });
}

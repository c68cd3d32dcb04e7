import { tab, tabView } from '@bulkhead/contracts';
import { messagePortEndpoint, serve } from '@bulkhead/rpc';
import { ipcRenderer } from 'electron';
import { greet } from './greet.ts';
import { handOver } from './hand-over.ts';

// A tab's preload, in a world of its own beside the page's. Only the browser sends these; a page cannot.

ipcRenderer.on('bulkhead-tab', ({ ports: [port] }) => {
  if (!port) return;
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
});

// The browser gives this port to its own pages alone, and this preload looks again.
ipcRenderer.on('bulkhead-port', ({ ports }) => {
  if (location.protocol === 'bulkhead:') void handOver(ports);
});

greet();

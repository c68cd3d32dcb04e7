import { ipcRenderer } from 'electron';
import { greet } from './greet.ts';
import { handOver } from './hand-over.ts';
import { holdLeaving } from './hold-leaving.ts';
import { provideDialogs } from './provide-dialogs.ts';
import { refusePasskeys } from './refuse-passkeys.ts';

// A tab's preload, in a world of its own beside the page's. Only the browser sends these; a page cannot.

ipcRenderer.on('bulkhead-tab', async ({ ports: [port] }) => {
  if (!port) return;
  // Evaluated only now, so that it stands in no page's way; the port keeps what arrives until it is started.
  const { serveTab } = await import('./serve-tab.ts');
  serveTab(port);
});

// The browser gives this port to its own pages alone, and this preload looks again.
ipcRenderer.on('bulkhead-port', ({ ports }) => {
  if (location.protocol === 'bulkhead:') void handOver(ports);
});

// Our own pages ask in dialogs of their own.
if (location.protocol !== 'bulkhead:') {
  provideDialogs();
  refusePasskeys();
  holdLeaving();
}
greet();

import { ipcRenderer } from 'electron';
import { greet } from './greet.ts';
import { handOver } from './hand-over.ts';
import { holdLeaving } from './hold-leaving.ts';
import { provideDialogs } from './provide-dialogs.ts';
import { refusePasskeys } from './refuse-passkeys.ts';

// A tab's preload, in a world of its own. Only the browser can send these messages; a page cannot.

ipcRenderer.on('bulkhead-tab', async ({ ports: [port] }) => {
  if (!port) return;
  // Imported only now, so that it delays no page. The port keeps messages until it is started.
  const { serveTab } = await import('./serve-tab.ts');
  serveTab(port);
});

// The browser gives this port only to internal pages. The preload checks that again.
ipcRenderer.on('bulkhead-port', ({ ports }) => {
  if (location.protocol === 'bulkhead:') void handOver(ports);
});

// Internal pages have dialogs of their own.
if (location.protocol !== 'bulkhead:') {
  provideDialogs();
  refusePasskeys();
  holdLeaving();
}
greet();

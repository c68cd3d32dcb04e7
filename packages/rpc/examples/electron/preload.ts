import { connect, messagePortEndpoint } from '@bulkhead/rpc';
import { ipcRenderer } from 'electron';
import { pageHost } from './contract.ts';

// A sandboxed preload, bundled into one CommonJS file. The page itself never sees the port.
ipcRenderer.on('port', async ({ ports: [port] }) => {
  if (!port) return;
  const host = connect(pageHost, messagePortEndpoint(port), { peer: { name: 'the browser' } });
  addEventListener('click', ({ clientX: x, clientY: y }) => host.push.clicked({ x, y }));
  for (const title of ['Darn!', 'Typed ports']) {
    const result = await host.call.setTitle(title);
    host.push.log(`${title}: ${result.ok ? 'set' : result.reason}`);
  }
  for await (const now of host.stream.clock()) {
    document.body.textContent = new Date(now).toLocaleTimeString();
    host.push.log('the clock shows the time');
  }
});

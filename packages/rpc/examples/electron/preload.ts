import { ipcRenderer } from 'electron';
import { connect, messagePortEndpoint } from '../../src/index.ts';
import { pageHost } from './contract.ts';

// A sandboxed preload, bundled into one CommonJS file. The page itself never sees the port.
ipcRenderer.on('port', async ({ ports: [port] }) => {
  if (!port) return;
  const host = connect(pageHost, messagePortEndpoint(port), { peer: { name: 'the browser' } });
  addEventListener('click', ({ clientX: x, clientY: y }) => host.push.clicked({ x, y }));
  const result = await host.call.setTitle(document.title);
  if (!result.ok) console.warn(result.reason);
  for await (const now of host.stream.clock()) document.documentElement.dataset.now = String(now);
});

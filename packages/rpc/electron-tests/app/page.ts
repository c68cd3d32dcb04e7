import type { Order, Process } from './process.ts';
import { runOrder } from './run-order.ts';
import { webPorts } from './web-ports.ts';

declare const bridge: { invoke(value: unknown): Promise<unknown> };

/** Process as a page's own world sees it: only what the preload exposes. Only benches run here. */
const page: Process = {
  kind: 'renderer',
  ...webPorts,
  open: () => Promise.reject(new Error('a page opens no ports')),
  die: () => undefined,
  invoke: (value) => bridge.invoke(value),
};

window.addEventListener('message', async ({ source, data, ports }: MessageEvent<{ order?: Order }>) => {
  if (source !== window || !data.order) return;
  window.postMessage({ outcome: await runOrder(page, data.order, ports) });
});

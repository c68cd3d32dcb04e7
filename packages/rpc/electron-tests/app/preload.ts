import { contextBridge, ipcRenderer } from 'electron';
import type { TransferablePort } from '../../src/contract.ts';
import { messagePortEndpoint } from '../../src/index.ts';
import type { OpenRequest, Order, Outcome, Process } from './process.ts';
import { runOrder } from './run-order.ts';
import { webPorts } from './web-ports.ts';

const opening = new Map<number, (port: MessagePort) => void>();
let lastOpen = 0;

const renderer: Process = {
  kind: 'renderer',
  ...webPorts,
  open: async (leg, script) => {
    const open = ++lastOpen;
    const port = new Promise<MessagePort>((resolve) => opening.set(open, resolve));
    ipcRenderer.send('open', { open, leg, script } satisfies OpenRequest);
    return messagePortEndpoint((await port) as TransferablePort);
  },
  channel: () => {
    const { port1, port2 } = new MessageChannel();
    return { kept: messagePortEndpoint(port1 as TransferablePort), sent: port2 as TransferablePort };
  },
  die: () => process.crash(),
  heapInUse: async () => {
    for (let turn = 0; turn < 5; turn++) {
      (globalThis as { gc?: () => void }).gc?.();
      await new Promise((resolve) => setTimeout(resolve));
    }
    return process.getHeapStatistics().usedHeapSize * 1024;
  },
  invoke: (value) => ipcRenderer.invoke('echo', value),
};

ipcRenderer.on('opened', ({ ports: [port] }, open: number) => {
  if (port) opening.get(open)?.(port);
  opening.delete(open);
});

ipcRenderer.on('order', async ({ ports }, order: Order) => {
  ipcRenderer.send('outcome', await runOrder(renderer, order, ports));
});

// The page's own world, where scripts can run too: see page.ts.
contextBridge.exposeInMainWorld('bridge', {
  invoke: (value: unknown): Promise<unknown> => ipcRenderer.invoke('checked-echo', value),
});
ipcRenderer.on('page-order', ({ ports }, order: Order) => window.postMessage({ order }, '*', [...ports]));
window.addEventListener('message', ({ source, data }: MessageEvent<{ outcome?: Outcome }>) => {
  if (source === window && data.outcome) ipcRenderer.send('outcome', data.outcome);
});

import { ipcRenderer } from 'electron';
import type { TransferablePort } from '../../src/contract.ts';
import { messagePortEndpoint } from '../../src/index.ts';
import type { Order, Process } from './process.ts';
import { runOrder } from './run-order.ts';

const renderer: Process = {
  kind: 'renderer',
  endpoint: (port) => messagePortEndpoint(port as TransferablePort),
  raw: (port) => {
    const own = port as MessagePort;
    return {
      post: (message, ports = []) => own.postMessage(message, ports as Transferable[]),
      onMessage: (listener) => own.addEventListener('message', ({ data, ports }) => listener(data, ports)),
      start: () => own.start(),
      close: () => own.close(),
    };
  },
  invoke: (value) => ipcRenderer.invoke('echo', value),
};

ipcRenderer.on('order', async ({ ports }, order: Order) => {
  ipcRenderer.send('outcome', await runOrder(renderer, order, ports));
});

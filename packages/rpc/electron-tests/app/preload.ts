import { ipcRenderer } from 'electron';
import type { TransferablePort } from '../../src/contract.ts';
import { messagePortEndpoint } from '../../src/index.ts';
import type { OpenRequest, Order, Process } from './process.ts';
import { runOrder } from './run-order.ts';

const opening = new Map<number, (port: MessagePort) => void>();
let lastOpen = 0;

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
  invoke: (value) => ipcRenderer.invoke('echo', value),
};

ipcRenderer.on('opened', ({ ports: [port] }, open: number) => {
  if (port) opening.get(open)?.(port);
  opening.delete(open);
});

ipcRenderer.on('order', async ({ ports }, order: Order) => {
  ipcRenderer.send('outcome', await runOrder(renderer, order, ports));
});

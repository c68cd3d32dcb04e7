import type { TransferablePort } from '../../src/contract.ts';
import { messagePortEndpoint } from '../../src/index.ts';
import type { Process } from './process.ts';

/** Ports as preloads and pages have them. */
export const webPorts: Pick<Process, 'endpoint' | 'raw'> = {
  endpoint: (port) => messagePortEndpoint(port as TransferablePort),
  raw: (port) => {
    const own = port as MessagePort;
    return {
      post: (message, ports) => (ports ? own.postMessage(message, ports as Transferable[]) : own.postMessage(message)),
      onMessage: (listener) => own.addEventListener('message', ({ data, ports }) => listener(data, ports)),
      start: () => own.start(),
      close: () => own.close(),
    };
  },
};

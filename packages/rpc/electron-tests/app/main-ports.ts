import type { MessagePortMain } from 'electron';
import type { TransferablePort } from '../../src/contract.ts';
import { mainPortEndpoint } from '../../src/electron-main.ts';
import type { Process } from './process.ts';

/** Ports as the browser process and utility processes have them. */
export const mainPorts: Pick<Process, 'endpoint' | 'raw'> = {
  endpoint: (port) => mainPortEndpoint(port as TransferablePort),
  raw: (port) => {
    const own = port as MessagePortMain;
    return {
      post: (message, ports) =>
        ports ? own.postMessage(message, ports as MessagePortMain[]) : own.postMessage(message),
      onMessage: (listener) => void own.on('message', ({ data, ports }) => listener(data, ports)),
      start: () => own.start(),
      close: () => own.close(),
    };
  },
};

import type { Endpoint } from '../endpoint.ts';

/** Electron's process.parentPort, as far as an endpoint needs it. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
  off(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
}

/**
 * An endpoint over the channel that a utility process is born with. It never closes from the parent's side while this
 * process lives: with the parent, the process ends. It carries no ports towards the parent.
 */
export function parentPortEndpoint(port: ParentPort = ownParentPort()): Endpoint {
  let onMessage: ((event: { data: unknown; ports: unknown[] }) => void) | undefined;
  return {
    post: (message, ports) => {
      if (ports.length > 0) throw new TypeError('parentPort carries no ports');
      port.postMessage(message);
    },
    onMessage: (listener) => {
      onMessage = ({ data, ports }) => listener(data, ports);
    },
    onClose: () => undefined,
    // Listening is what starts it.
    start: () => {
      if (onMessage) port.on('message', onMessage);
    },
    close: () => {
      if (onMessage) port.off('message', onMessage);
    },
  };
}

function ownParentPort(): ParentPort {
  const { process } = globalThis as { process?: { parentPort?: ParentPort } };
  if (!process?.parentPort) throw new Error('process.parentPort exists in utility processes only');
  return process.parentPort;
}

import type { Endpoint } from '../endpoint.ts';

/** The part of Electron's process.parentPort that an endpoint needs. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
  off(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
}

/**
 * Adapts the channel that every utility process starts with. The parent never closes it while this process lives: when
 * the parent ends, so does this process. It carries no ports to the parent.
 * @param port default: `process.parentPort`
 * @returns an endpoint, for `serve` or `connect`
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
    // Adding a listener starts it.
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

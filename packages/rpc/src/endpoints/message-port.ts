import type { TransferablePort } from '../contract/handles.ts';
import type { Endpoint } from '../endpoint.ts';

/** A MessagePort of a page, preload, worker or Node. */
interface WebPort extends TransferablePort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  addEventListener(type: string, listener: (event: { data?: unknown; ports?: readonly unknown[] }) => void): void;
}

/**
 * Adapts a MessagePort of a page, preload or worker. The port's `close` event (Chromium 122 or later) reports that the
 * other end has closed or its process is gone.
 * @param port not yet started
 * @returns an endpoint, for `serve` or `connect`
 * @throws a TypeError if the port is of another kind
 */
export function messagePortEndpoint(port: TransferablePort): Endpoint {
  if (!isWebPort(port)) throw new TypeError('not a MessagePort of a page or worker');
  return {
    post: (message, ports) => (ports.length > 0 ? port.postMessage(message, ports) : port.postMessage(message)),
    onMessage: (listener) => {
      port.addEventListener('message', ({ data, ports }) => listener(data, ports ?? []));
      port.addEventListener('messageerror', () => listener(null, []));
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    start: () => port.start(),
    close: () => port.close(),
  };
}

const isWebPort = (port: TransferablePort): port is WebPort => 'addEventListener' in port;

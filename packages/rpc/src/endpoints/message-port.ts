import type { Endpoint } from '../endpoint.ts';

/** A page's, worker's or Node's MessagePort, as far as an endpoint needs it. */
export interface WebPort {
  postMessage(message: unknown, transfer: never[]): void;
  addEventListener(type: string, listener: (event: { data: unknown; ports: readonly unknown[] }) => void): void;
  start(): void;
  close(): void;
}

/**
 * An endpoint over a MessagePort of a page, preload or worker. Its `close` event (Chromium 122 or later) tells that the
 * other end has closed or its process is gone.
 */
export function messagePortEndpoint(port: WebPort | MessagePort): Endpoint {
  const own = port as MessagePort;
  return {
    // Whoever made the list took its ports from messages or from outside; the platform checks them.
    post: (message, ports) => own.postMessage(message, ports as Transferable[]),
    onMessage: (listener) => {
      own.addEventListener('message', ({ data, ports }) => listener(data, ports));
      own.addEventListener('messageerror', () => listener(null, []));
    },
    onClose: (listener) => own.addEventListener('close', () => listener()),
    start: () => own.start(),
    close: () => own.close(),
  };
}

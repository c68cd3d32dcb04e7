import type { TransferablePort } from '../contract/handles.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Death } from '../errors.ts';

/** Electron's MessagePortMain. Ports in a utility process are of this kind, too. */
interface MainPort extends TransferablePort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Electron's UtilityProcess as its parent sees it. */
export interface UtilityProcessHandle {
  postMessage(message: unknown, transfer?: never[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
  readonly pid: number | undefined;
}

/**
 * Adapts a MessagePortMain. It transfers only ports.
 * @param port not yet started
 * @returns an endpoint, for `serve` or `connect`
 * @throws a TypeError if the port is of another kind
 */
export function mainPortEndpoint(port: TransferablePort): Endpoint {
  if (!isMainPort(port)) throw new TypeError('not a MessagePortMain');
  return {
    post: (message, ports) => (ports.length > 0 ? port.postMessage(message, ports) : port.postMessage(message)),
    onMessage: (listener) => void port.on('message', ({ data, ports }) => listener(data, ports)),
    onClose: (listener) => void port.on('close', () => listener()),
    start: () => port.start(),
    close: () => port.close(),
  };
}

const isMainPort = (port: TransferablePort): port is MainPort => 'on' in port && !('addEventListener' in port);

/**
 * Adapts the channel that every utility process starts with; the other end is `parentPort`. It closes with the process,
 * and carries no ports to the parent.
 * @param child from `utilityProcess.fork`
 * @returns an endpoint, for `serve` or `connect`
 */
export function utilityProcessEndpoint(child: UtilityProcessHandle): Endpoint {
  let onMessage: ((message: unknown) => void) | undefined;
  let gone = false;
  return {
    // Posting to an exited child has crashed Electron's browser process.
    post: (message, ports) => {
      if (!gone) child.postMessage(message, ports as never[]);
    },
    onMessage: (listener) => {
      onMessage = (message) => listener(message, []);
      child.on('message', onMessage);
    },
    onClose: (listener) => {
      child.on('exit', () => {
        gone = true;
        listener();
      });
    },
    start: () => undefined,
    close: () => {
      gone = true;
      if (onMessage) child.off('message', onMessage);
    },
  };
}

/**
 * Waits for the end of a utility process, for `PeerDescription.died`.
 * @param child from `utilityProcess.fork`
 * @returns how it ended
 */
export function deathOfUtilityProcess(child: Pick<UtilityProcessHandle, 'on'>): Promise<Death> {
  return new Promise((resolve) => {
    child.on('exit', (exitCode) => resolve({ how: `exited (code ${exitCode})`, exitCode }));
  });
}

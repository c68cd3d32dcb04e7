import type { TransferablePort } from '../contract/handles.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Death } from '../errors.ts';

/** What Electron's MessagePortMain has beside what every port has; ports in a utility process are of this kind too. */
interface MainPort extends TransferablePort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Electron's UtilityProcess, as its parent sees it. */
export interface UtilityProcessHandle {
  postMessage(message: unknown, transfer?: never[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
  readonly pid: number | undefined;
}

/**
 * An endpoint over a MessagePortMain. It carries ports beside a message and nothing else. Throws when it is another
 * process's kind of port.
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
 * An endpoint over the channel that a utility process is born with; the other end is `parentPort`. It closes with the
 * process, and carries no ports towards the parent.
 */
export function utilityProcessEndpoint(child: UtilityProcessHandle): Endpoint {
  let onMessage: ((message: unknown) => void) | undefined;
  let gone = false;
  return {
    // Posting to a child that has exited has crashed the browser process itself.
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

/** For PeerDescription.died: how a utility process ended. */
export function deathOfUtilityProcess(child: Pick<UtilityProcessHandle, 'on'>): Promise<Death> {
  return new Promise((resolve) => {
    child.on('exit', (exitCode) => resolve({ how: `exited (code ${exitCode})`, exitCode }));
  });
}

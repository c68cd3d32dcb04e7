import { app } from 'electron';

/** Port 1 of this machine: only root can listen there, and every connection is refused at once. */
const nowhere = '127.0.0.1:1';

let closed: Promise<void> | undefined;

/**
 * Sends every request that belongs to no page nowhere. Electron gives each utility process access to the network
 * service (`net` of the module `electron`), which no filter on its system calls covers. This takes the access away from
 * plugins and lessons. Pages have sessions with their own proxy settings.
 */
export function closeOwnNetwork(): Promise<void> {
  closed ??= Promise.resolve(
    app.setProxy({ mode: 'fixed_servers', proxyRules: nowhere, proxyBypassRules: '<-loopback>' }),
  );
  return closed;
}

import { app } from 'electron';

/** Port 1 of this machine: no program but root's can listen there, and every connection is refused at once. */
const nowhere = '127.0.0.1:1';

let closed: Promise<void> | undefined;

/**
 * Leads every request that belongs to no page to nowhere. The runtime gives each utility process a way to the network
 * service (`net` of the module `electron`), which no filter on its system calls sees. It is this one that plugins and
 * lessons lose by it; pages have sessions, with proxies of their own.
 */
export function closeOwnNetwork(): Promise<void> {
  closed ??= Promise.resolve(
    app.setProxy({ mode: 'fixed_servers', proxyRules: nowhere, proxyBypassRules: '<-loopback>' }),
  );
  return closed;
}

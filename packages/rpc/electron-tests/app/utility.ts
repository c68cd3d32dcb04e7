import type { Endpoint } from '../../src/endpoint.ts';
import { heapInUse } from '../../src/testing/collect.ts';
import { mainPortEndpoint, parentPortEndpoint } from '../../src/utility.ts';
import { mainPorts } from './main-ports.ts';
import type { OpenRequest, Order, Process } from './process.ts';
import { runOrder } from './run-order.ts';

const opening = new Map<number, (endpoint: Endpoint) => void>();
let lastOpen = 0;

const utility: Process = {
  kind: 'utility',
  ...mainPorts,
  heapInUse,
  die: () => void process.kill(process.pid, 'SIGKILL'),
  open: (leg, script) => {
    const open = ++lastOpen;
    const endpoint = new Promise<Endpoint>((resolve) => opening.set(open, resolve));
    process.parentPort.postMessage({ open, leg, script } satisfies OpenRequest);
    return endpoint;
  },
};

type Told = Order | { opened: number } | { serveParent: string };

process.parentPort.on('message', async ({ data, ports }) => {
  // Any other message belongs to an endpoint over this same channel.
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return;
  const told = data as Told;
  if ('order' in told) {
    process.parentPort.postMessage(await runOrder(utility, told, ports));
  } else if ('opened' in told) {
    const [port] = ports;
    opening.get(told.opened)?.(port ? mainPortEndpoint(port) : parentPortEndpoint());
    opening.delete(told.opened);
  }
});

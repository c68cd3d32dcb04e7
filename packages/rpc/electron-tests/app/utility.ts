import { parentPortEndpoint } from '../../src/utility.ts';
import { mainPorts } from './main-ports.ts';
import type { Order, Process } from './process.ts';
import { runOrder } from './run-order.ts';

const utility: Process = { kind: 'utility', ...mainPorts, parent: () => parentPortEndpoint() };

process.parentPort.on('message', async ({ data, ports }) => {
  const order = data as Order;
  // What is no order belongs to the endpoint over this same channel.
  if (typeof order === 'object' && order !== null && 'order' in order) {
    process.parentPort.postMessage(await runOrder(utility, order, ports));
  }
});

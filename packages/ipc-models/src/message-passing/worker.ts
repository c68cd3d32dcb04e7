import { parentPort } from 'node:worker_threads';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { nodePortEndpoint } from '@bulkhead/rpc/node';
import * as v from 'valibot';
import { DirectLinks } from './direct-links.ts';
import { Mailboxes } from './mailboxes.ts';

// A process of processes.integration.test.ts, on a thread with its own event loop.

type Start = { mailboxPort: TransferablePort; linkPort: TransferablePort };
type Order = { order: 'create' | 'meet' | 'receive' | 'send' | 'take'; name: string };

const message = v.string();
let mailboxes: Mailboxes;
let links: DirectLinks<string>;

async function run({ order, name }: Order): Promise<unknown> {
  if (order === 'create') return void (await mailboxes.create(name, message));
  if (order === 'send') return links.meet(name, 'straight');
  if (order === 'take') return links.receive(name);
  const mailbox = await mailboxes.lookUp(name, message);
  if (order === 'meet') await mailbox?.meet('hello');
  return order === 'receive' ? mailbox?.receive() : undefined;
}

parentPort?.on('message', (told: Start | Order) => {
  if ('mailboxPort' in told) {
    mailboxes = new Mailboxes(nodePortEndpoint(told.mailboxPort));
    links = new DirectLinks(nodePortEndpoint(told.linkPort), { message, endpointOf: nodePortEndpoint });
    return;
  }
  const startedAt = performance.timeOrigin + performance.now();
  const done = (outcome: object) =>
    parentPort?.postMessage({ ...outcome, startedAt, endedAt: performance.timeOrigin + performance.now() });
  run(told).then(
    (result) => done({ result }),
    (error: Error) => done({ error: `${error.name}: ${error.message}` }),
  );
});

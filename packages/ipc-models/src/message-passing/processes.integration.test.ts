import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { nodePortEndpoint } from '@bulkhead/rpc/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LinkBroker } from './link-broker.ts';
import { MailboxBroker } from './mailbox-broker.ts';

interface Outcome {
  result?: unknown;
  error?: string;
  /** Wall clock, ms. */
  startedAt: number;
  endedAt: number;
}

let mailboxBroker: MailboxBroker;
let linkBroker: LinkBroker;
let workers: Worker[];

async function join(name: string) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: ['--no-warnings'] });
  workers.push(worker);
  const [mailboxes, links] = [new MessageChannel(), new MessageChannel()];
  mailboxBroker.connect(nodePortEndpoint(mailboxes.port1), { name });
  linkBroker.connect(nodePortEndpoint(links.port1), { name });
  worker.postMessage({ mailboxPort: mailboxes.port2, linkPort: links.port2 }, [mailboxes.port2, links.port2]);
  const run = async (order: string, of: string): Promise<Outcome> => {
    worker.postMessage({ order, name: of });
    const [outcome] = (await once(worker, 'message')) as [Outcome];
    return outcome;
  };
  return { run, worker };
}

beforeEach(() => {
  workers = [];
  mailboxBroker = new MailboxBroker();
  linkBroker = new LinkBroker(() => {
    const { port1, port2 } = new MessageChannel();
    return { port1: port1 as TransferablePort, port2: port2 as TransferablePort };
  });
});
afterEach(() => Promise.all(workers.map((worker) => worker.terminate())));

it('a rendezvous makes each of two threads wait for the other', async () => {
  const [a, b] = await Promise.all([join('A'), join('B')]);
  await a.run('create', 'meeting');
  const sending = a.run('meet', 'meeting');
  await expect.poll(() => mailboxBroker.mailboxes()[0]?.waitingSenders).toBe(1);
  const received = await b.run('receive', 'meeting');
  const sent = await sending;
  expect(received.result).toBe('hello');
  expect(sent.endedAt).toBeGreaterThan(received.startedAt);
});

it('two threads talk directly to each other', async () => {
  const [a, b] = await Promise.all([join('A'), join('B')]);
  const [sent, taken] = await Promise.all([a.run('send', 'B'), b.run('take', 'A')]);
  expect(sent.error).toBeUndefined();
  expect(taken.result).toBe('straight');
});

it('a mailbox ends with the thread that owns it', async () => {
  const [a, b] = await Promise.all([join('A'), join('B')]);
  await a.run('create', 'owned');
  const waiting = b.run('receive', 'owned');
  await expect.poll(() => mailboxBroker.mailboxes()[0]?.waitingReceivers).toBe(1);
  await a.worker.terminate();
  expect((await waiting).error).toContain('MailboxEndedError: mailbox owned has ended: its owner is gone');
});

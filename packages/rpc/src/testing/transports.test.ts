import { MessageChannel as NodeChannel, Worker } from 'node:worker_threads';
import { afterAll, beforeAll } from 'vitest';
import type { TransferablePort } from '../contract.ts';
import { messagePortEndpoint } from '../index.ts';
import { nodePortEndpoint } from '../node.ts';
import { describeTransport } from './describe-transport.ts';
import { memoryPair } from './memory-pair.ts';
import { serverScripts } from './transport/server-scripts.ts';

describeTransport('ports in memory', {
  closes: true,
  carriesPorts: true,
  open: async (script) => {
    const [mine, theirs] = memoryPair();
    serverScripts[script](theirs);
    return mine;
  },
  channel: () => {
    const [kept, sent] = memoryPair();
    return { kept, sent };
  },
});

const nodeChannel = () => {
  const { port1, port2 } = new MessageChannel();
  return { kept: messagePortEndpoint(port1 as TransferablePort), sent: port2 as TransferablePort };
};

describeTransport('a MessageChannel', {
  closes: true,
  carriesPorts: true,
  open: async (script) => {
    const { port1, port2 } = new MessageChannel();
    serverScripts[script](messagePortEndpoint(port2 as TransferablePort));
    return messagePortEndpoint(port1 as TransferablePort);
  },
  channel: nodeChannel,
});

let worker: Worker;
beforeAll(() => {
  worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: ['--no-warnings'] });
});
afterAll(() => worker.terminate());

describeTransport('a port to a worker thread', {
  closes: true,
  carriesPorts: true,
  open: async (script) => {
    const { port1, port2 } = new NodeChannel();
    worker.postMessage({ script, port: port2 }, [port2]);
    return nodePortEndpoint(port1 as TransferablePort);
  },
  channel: nodeChannel,
});

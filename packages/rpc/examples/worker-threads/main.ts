// npm install @bulkhead/rpc valibot && node main.ts
import { MessageChannel, Worker } from 'node:worker_threads';
import { connect, type Death } from '@bulkhead/rpc';
import { nodePortEndpoint } from '@bulkhead/rpc/node';
import { summing } from './contract.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url));
const { port1, port2 } = new MessageChannel();
worker.postMessage(port2, [port2]);
const died = new Promise<Death>((resolve) => {
  worker.once('exit', (exitCode) => resolve({ how: `exited (code ${exitCode})`, exitCode }));
});

// Calls may be made at once. They wait until the worker serves.
const remote = connect(summing, nodePortEndpoint(port1), { peer: { name: 'the worker', died } });
remote.on.log((line) => console.log(`worker: ${line}`));

const bytes = new Uint8Array(300_000).fill(7);
console.log('sum:', await remote.call.sum(bytes, (share) => console.log(`${Math.round(share * 100)} %`)));

for await (const { sums } of remote.stream.load()) {
  console.log('sums so far:', sums);
  break;
}

const say = (error: Error) => console.log(`${error.name}: ${error.message}`);
await remote.call.ponder().catch(say);
const pondering = remote.call.ponder({ deadlineMs: 60_000 });
void worker.terminate();
await pondering.catch(say);
await remote.call.ponder().catch(say);

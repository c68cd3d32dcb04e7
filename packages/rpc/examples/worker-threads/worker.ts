import { parentPort } from 'node:worker_threads';
import { serve } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { nodePortEndpoint } from '@bulkhead/rpc/node';
import { summing } from './contract.ts';

const load = { sums: 0, bytes: 0 };

parentPort?.once('message', (port: TransferablePort) => {
  const served = serve(summing, nodePortEndpoint(port), {
    sum: (bytes, progress) => {
      let hash = 2166136261;
      for (const [index, byte] of bytes.entries()) {
        hash = Math.imul(hash ^ byte, 16777619) >>> 0;
        if (index % 100_000 === 0) progress(index / bytes.length);
      }
      load.sums += 1;
      load.bytes += bytes.length;
      served.push.log(`summed ${bytes.length} bytes`);
      return hash;
    },
    // The signal aborts when the caller's deadline passes, when it cancels, and when it dies.
    ponder: ({ signal }) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
    load: async function* () {
      for (;;) yield { ...load };
    },
  });
});

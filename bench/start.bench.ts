import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bench } from './bench.ts';
import { launchBare, launchBulkhead, now } from './launched.ts';

const rounds = 7;

/** A page that reports, once its script runs after its first paint and it can be used, by asking for /interactive. */
const page = `<!doctype html><meta charset="utf-8"><title>First page</title><h1>First page</h1><input>
<script>
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => fetch('/interactive', { method: 'POST' }))));
</script>`;

export const benches: Bench[] = [
  {
    id: 'start/first-page-vs-bare',
    what: 'process start to first page interactive',
    unit: 'ms',
    floorName: 'the barest Electron application opening the same page',
    target: { atMost: 1.4 },
    measure: async () => {
      const server = await serve();
      const samples = { ours: [] as number[], floor: [] as number[] };
      try {
        // The first of each warms the disk's cache and is not counted.
        for (let round = 0; round <= rounds; round++) {
          const floor = await startOnce(server, launchBare);
          const ours = await startOnce(server, launchBulkhead);
          if (round === 0) continue;
          samples.floor.push(floor);
          samples.ours.push(ours);
        }
      } finally {
        server.close();
      }
      return samples;
    },
  },
];

async function startOnce(server: Server, launch: typeof launchBare): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const interactive = once(server, 'interactive', { signal: AbortSignal.timeout(30_000) });
  const launched = await launch(`http://127.0.0.1:${port}/`);
  try {
    const [at] = await interactive;
    return Number(at) - launched.startedAt;
  } finally {
    await launched.end();
  }
}

/** Serves the page; emits 'interactive' with the time when it reports. */
async function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/interactive') server.emit('interactive', now());
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(request.url === '/' ? page : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

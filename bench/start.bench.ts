import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Samples } from './bench.ts';
import { inspected, type Launched, launchBare, launchBulkhead, now } from './launched.ts';

const rounds = 7;
/** Wait from the first page until the application has finished its start, ms. */
const settleMs = 1500;

/** A page that requests /interactive when it can be used: when its script runs after the first paint. */
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
    target: { atMost: 1.25 },
    measure: () =>
      alternately(
        { ours: launchBulkhead, floor: launchBare },
        async ({ startedAt }, interactiveAt) => (await interactiveAt) - startedAt,
      ),
  },
  {
    id: 'start/shell-visible-vs-bare',
    what: 'process start to the first painting of the interface',
    unit: 'ms',
    floorName: 'the barest Electron application with a static page above the same page',
    target: { atMost: 1.3 },
    measure: () =>
      alternately(
        { ours: inspected.ours, floor: (address) => inspected.floor(address, '--shell') },
        async (launched, interactiveAt) => {
          await interactiveAt;
          // Ask after the start, so as not to disturb it: the page itself has recorded the time.
          await sleep(settleMs);
          return Number(await launched.evaluate(shellPaintedAt)) - launched.startedAt;
        },
      ),
  },
];

/** Expression for the time of the first painting of the interface, ms since 1970. */
const shellPaintedAt = `electron.webContents.getAllWebContents()
  .find((contents) => /^bulkhead:\\/\\/shell|shell\\.html$/.test(contents.getURL()))
  .executeJavaScript("performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime")`;

type Launch = (address: string) => Promise<Launched>;

/** @param measure gets the time at which the page reported that it can be used, ms since 1970 */
async function alternately(
  { ours, floor }: Record<'ours' | 'floor', Launch>,
  measure: (launched: Launched, interactiveAt: Promise<number>) => Promise<number>,
): Promise<Samples> {
  const server = await serve();
  const samples: Samples = { ours: [], floor: [] };
  const sample = async (launch: Launch) => {
    const { port } = server.address() as AddressInfo;
    const interactive = once(server, 'interactive', { signal: AbortSignal.timeout(30_000) });
    const launched = await launch(`http://127.0.0.1:${port}/`);
    try {
      return await measure(
        launched,
        interactive.then(([at]) => Number(at)),
      );
    } finally {
      await launched.end();
    }
  };
  try {
    // The first sample of each warms the disk cache and does not count.
    for (let round = 0; round <= rounds; round++) {
      const times = { floor: await sample(floor), ours: await sample(ours) };
      if (round === 0) continue;
      samples.floor.push(times.floor);
      samples.ours.push(times.ours);
    }
  } finally {
    server.close();
  }
  return samples;
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

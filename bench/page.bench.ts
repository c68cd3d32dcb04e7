import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bench } from './bench.ts';
import { launchBare, launchBulkhead, launchWatched } from './launched.ts';
import { animationPage, workPage } from './work-page.ts';

const rounds = 5;

const row = (id: string, what: string, page: string, launch: typeof launchBare, target: Bench['target']): Bench => ({
  id,
  what,
  unit: 'ms',
  floorName: 'the same in the barest Electron application',
  ...(target && { target }),
  measure: async () => {
    const server = await serve(page);
    const samples = { ours: [] as number[], floor: [] as number[], paired: true };
    try {
      for (let round = 0; round < rounds; round++) {
        samples.floor.push(await runOnce(server, launchBare));
        samples.ours.push(await runOnce(server, launch));
      }
    } finally {
      server.close();
      server.closeAllConnections();
    }
    return samples;
  },
});

export const benches: Bench[] = [
  // These targets mean a speed of at least 0.98, and of at least 0.9 while a plugin reads frames.
  row('page/work-vs-bare', 'time that a working page takes', workPage, launchBulkhead, { atMost: 1.02 }),
  row('page/work-watched-vs-bare', 'the same while a plugin reads its frames', workPage, launchWatched, {
    atMost: 1.11,
  }),
  row('page/animation-gap-vs-bare', 'longest gap of an animation over 10 s', animationPage, launchBulkhead, {
    atMost: 1.2,
  }),
];

/** Returns the duration that the page reports, ms. */
async function runOnce(server: Server, launch: typeof launchBare): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const done = once(server, 'done', { signal: AbortSignal.timeout(120_000) });
  const launched = await launch(`http://127.0.0.1:${port}/`);
  try {
    const [ms] = await done;
    return Number(ms);
  } finally {
    await launched.end();
  }
}

/** Serves the page; emits 'done' with the duration that it reports, ms. */
async function serve(page: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    if (pathname === '/done') server.emit('done', Number(searchParams.get('ms')));
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(pathname === '/' ? page : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

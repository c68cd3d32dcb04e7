import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { floodScript, pageFloods } from '../../tools/testing/page-floods.ts';
import { type Kind, measureFlood } from './flooded-application.ts';

// Measures what each flood of `pageFloods` costs the browser process and the interface, beside the barest application.

const options = new Command('npm run bench -- --floods')
  .option('--only <names>', 'only floods whose name contains one of these, separated by commas')
  .option('--seconds <seconds>', 'duration of each flood', '60')
  .option('--alone', 'without the barest application for comparison')
  .parse()
  .opts<{ only?: string; seconds: string; alone?: true }>();

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="9" height="9"/></svg>';
const answers: Record<string, [type: string, body: string]> = {
  '/icon': ['image/svg+xml', svg],
  '/worker': ['text/javascript', '1'],
  '/file': ['application/octet-stream', 'x'.repeat(10_000)],
};
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://loopback');
  request.resume();
  if (pathname === '/silent') return; // never answered
  const [type, body] = answers[pathname] ?? ['text/html; charset=utf-8', `<!doctype html><title>${pathname}</title>`];
  response.writeHead(200, { 'content-type': type, 'service-worker-allowed': '/' });
  response.end(body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

const kinds: Kind[] = options.alone ? ['bulkhead'] : ['bulkhead', 'bare'];
const wanted = options.only?.split(',');
const names = Object.keys(pageFloods).filter((name) => !wanted || wanted.some((each) => name.includes(each)));
const whole = (value: number) => String(Math.round(value)).padStart(6);
for (const name of names) {
  const script = floodScript(pageFloods[name] ?? '', `http://localhost:${port}`);
  for (const kind of kinds) {
    const where = { origin: `http://127.0.0.1:${port}`, seconds: Number(options.seconds) };
    const figures = await measureFlood(kind, script, where).catch((error: unknown) => String(error));
    if (typeof figures === 'string') {
      process.stdout.write(`${name.padEnd(40)} ${kind.padEnd(8)} ${figures}\n`);
      continue;
    }
    const { grownMiB, leftMiB, threadMs, interfaceMs, end } = figures;
    const growth = `grew${whole(grownMiB)} MiB, at the end${whole(leftMiB)}`;
    const silence = `thread away${whole(threadMs)} ms, interface${whole(interfaceMs)} ms`;
    process.stdout.write(`${name.padEnd(40)} ${kind.padEnd(8)} ${growth}; ${silence}; end ${end}\n`);
  }
}
server.close();
server.closeAllConnections();

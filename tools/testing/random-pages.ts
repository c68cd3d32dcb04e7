import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { pageActions } from './page-actions.ts';

/**
 * Generates hostile and careless pages from a seed. Each combines several of `pageActions`: some at once, some later,
 * some on a click.
 */

/** Moment at which a page takes an action. */
type Moment =
  | { at: 'start' }
  | { at: 'click' }
  | { at: 'later'; afterMs: number }
  | { at: 'repeatedly'; everyMs: number };

const moment = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Moment>({ at: 'start' }) },
  { weight: 2, arbitrary: fc.constant<Moment>({ at: 'click' }) },
  {
    weight: 3,
    arbitrary: fc.record({ at: fc.constant('later' as const), afterMs: fc.integer({ min: 1, max: 2000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ at: fc.constant('repeatedly' as const), everyMs: fc.integer({ min: 1, max: 500 }) }),
  },
);

const step = fc.record({ action: fc.constantFrom(...Object.keys(pageActions)), moment });
const steps = fc.array(step, { minLength: 1, maxLength: 6 });
export type PageStep = { action: string; moment: Moment };

/** Returns the steps of the page with this seed. */
export function stepsOf(seed: number): PageStep[] {
  return fc.sample(steps, { seed, numRuns: 1 })[0] ?? [];
}

/** Returns the page with this seed as HTML. `other` is an origin of another site that serves the same pages. */
export function randomPage(seed: number, { other, silent }: { other: string; silent: string }): string {
  const script = stepsOf(seed).map(({ action, moment }) => {
    const body = `async () => { try { ${pageActions[action]} } catch (error) { console.error(error) } }`;
    if (moment.at === 'start') return `(${body})();`;
    if (moment.at === 'click') return `addEventListener('click', ${body});`;
    if (moment.at === 'later') return `setTimeout(${body}, ${moment.afterMs});`;
    return `setInterval(${body}, ${moment.everyMs});`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Page ${seed}</title>
<body><h1>${seed}</h1><input autofocus><a id="link" href="/page?${seed + 1}">link</a><iframe id="frame"></iframe>
<script>
const seed = ${seed}, other = ${JSON.stringify(other)}, silent = ${JSON.stringify(silent)};
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
${script.join('\n')}
</script>`;
}

export interface RandomPages extends AsyncDisposable {
  /** Returns the address of the page with this seed. */
  page(seed: number): string;
  /** Address of a page that only counts. */
  readonly bystander: string;
}

/** Serves the pages of every seed on loopback, as two sites, with answers of every kind to their requests. */
export async function serveRandomPages(): Promise<RandomPages> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://loopback');
    const html = (text: string, status = 200) => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
      response.end(text);
    };
    const { port } = server.address() as AddressInfo;
    const isLocalhost = request.headers.host?.startsWith('localhost');
    const other = `http://${isLocalhost ? '127.0.0.1' : 'localhost'}:${port}`;
    request.resume();
    if (pathname === '/silent') return; // never answered
    if (pathname === '/bystander') {
      html(
        '<!doctype html><title>Bystander</title><output>0</output><script>let n = 0; setInterval(() => { document.querySelector("output").value = ++n }, 20)</script>',
      );
    } else if (pathname === '/icon') {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(Buffer.alloc(100_000));
    } else if (pathname === '/password') {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="random"', 'content-type': 'text/html' });
      response.end('<title>Locked</title>');
    } else if (pathname === '/file') {
      response.writeHead(200, { 'content-disposition': `attachment; filename="${'a'.repeat(300)}.bin"` });
      response.end(Buffer.alloc(10_000));
    } else if (pathname === '/redirect') {
      response.writeHead(302, { location: `/redirect?${Number(search.slice(1)) + 1}` });
      response.end();
    } else if (pathname === '/nothing') {
      response.writeHead(204);
      response.end();
    } else if (pathname === '/broken') {
      response.writeHead(200, { 'content-length': '1000', 'content-type': 'text/html' });
      response.write('<title>Broken');
      setImmediate(() => response.destroy());
    } else {
      html(randomPage(Number(search.slice(1)) || 0, { other, silent: `http://127.0.0.1:${port}/silent` }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    page: (seed) => `${origin}/page?${seed}`,
    bystander: `${origin}/bystander`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages served on loopback for one test. */
export interface TestPages extends AsyncDisposable {
  readonly origin: string;
  /** Adds a page with this title and body. Returns its address. */
  html(title: string, body: string): string;
  /**
   * Adds a page with this name and with state that is lost with its process: a counter, a text field, a running
   * animation.
   */
  counter(name: string): string;
}

const counter = `<h1></h1><output>0</output> <input aria-label="Note">
<div></div>
<style>
  div { width: 80px; height: 80px; background: teal; animation: turn 2s linear infinite }
  @keyframes turn { to { rotate: 1turn } }
</style>
<script>
  document.querySelector('h1').textContent = document.title;
  const output = document.querySelector('output');
  let counter = 0;
  setInterval(() => { output.value = ++counter; }, 20);
</script>`;

export async function servePages(host: string): Promise<TestPages> {
  const bodies = new Map<string, string>();
  const server = createServer((request, response) => {
    const body = bodies.get(new URL(request.url ?? '/', 'http://loopback').pathname);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(body ?? 'There is no such page.');
  });
  server.listen(0, host);
  await once(server, 'listening');
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const html = (title: string, body: string) => {
    const path = `/${encodeURIComponent(title)}`;
    bodies.set(path, `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${body}`);
    return `${origin}${path}`;
  };
  return {
    origin,
    html,
    counter: (name) => html(name, counter),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to the server. */
export interface Received {
  method: string;
  path: string;
  body: string;
  type: string;
  referrer: string;
}

/** A server on loopback that stores its requests, and answers with the request as the title. */
export interface FormServer extends AsyncDisposable {
  readonly origin: string;
  /** The same server under another name, so that it is another site. */
  readonly otherOrigin: string;
  readonly received: Received[];
  /** The requests for one path, in order. */
  at(path: string): Received[];
}

/** `page` answers every path that has a page. */
export async function serveForms(page: (path: string, server: FormServer) => string | undefined): Promise<FormServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const path = request.url ?? '/';
    const { 'content-type': type = '', referer: referrer = '' } = request.headers;
    if (path !== '/favicon.ico') received.push({ method: request.method ?? '', path, body, type, referrer });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page(path, forms) ?? `<!doctype html><title>${request.method} ${path}</title>`);
  });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const forms: FormServer = {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    received,
    at: (path) => received.filter((each) => each.path === path),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return forms;
}

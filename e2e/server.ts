import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that arrived. */
export interface Seen {
  method: string;
  path: string;
  body: string;
}

/** A server on loopback for one test, and its requests. */
export interface TestServer extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  /** In the order of their arrival, without requests for icons. */
  readonly requests: Seen[];
}

/**
 * Serves `answer` on loopback. It is called when the request's body has arrived. `at`: the port, by default any free
 * one.
 */
export async function serve(
  answer: (request: Seen, response: ServerResponse, headers: IncomingMessage['headers']) => void,
  at = 0,
): Promise<TestServer> {
  const requests: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const seen = { method: request.method ?? '', path: request.url ?? '/', body };
      if (seen.path === '/favicon.ico') {
        response.writeHead(404).end();
        return;
      }
      requests.push(seen);
      answer(seen, response, request.headers);
    });
  });
  server.listen(at, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

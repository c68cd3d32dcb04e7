import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An address that refuses connections at once. (`fetch` itself refuses some other low ports.) */
export const REFUSING = 'http://127.0.0.1:2';

/** Serves on a loopback port until the test ends. @returns its address without a slash at the end */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves one package like an npm registry. `answer` handles requests for its tarball. */
export async function serveRegistry(name: string, version: string, answer: RequestListener): Promise<string> {
  let address = '';
  address = await serve((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      answer(request, response);
      return;
    }
    const isPackage = decodeURIComponent(request.url ?? '') === `/${name}`;
    response.writeHead(isPackage ? 200 : 404, { 'content-type': 'application/json' });
    const dist = { tarball: `${address}/package.tgz` };
    response.end(JSON.stringify(isPackage ? { name, versions: { [version]: { name, version, dist } } } : {}));
  });
  return address;
}

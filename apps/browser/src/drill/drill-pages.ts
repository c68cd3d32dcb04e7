import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one of the drill's pages says of itself: read by the drill, in the page. */
export interface PageReading {
  /** Made when the document was: another one after a reload. */
  token: string;
  /** Counts up every 4 ms, as long as the page's event loop turns. */
  counter: number;
  /** What stands in the text field. */
  text: string;
  /** Longest time between two counts since it was last asked, ms. */
  longestGapMs: number;
}

const page = (number: number) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Witness ${number}</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 1rem; justify-items: center;
    font: 1rem system-ui, sans-serif; background: hsl(${(number * 67) % 360} 45% 92%); color: #123; }
  output { font-size: 4rem; font-variant-numeric: tabular-nums; }
  div { width: 5rem; height: 5rem; border-radius: 1rem; background: hsl(${(number * 67) % 360} 60% 45%);
    animation: turn 2s linear infinite; }
  @keyframes turn { to { rotate: 1turn } }
</style>
</head>
<body>
<h1>Witness ${number}</h1>
<div></div>
<output></output>
<input aria-label="Note" value="">
<script>
  const token = crypto.randomUUID();
  const output = document.querySelector('output');
  const input = document.querySelector('input');
  let counter = 0, last = performance.now(), longestGapMs = 0;
  setInterval(() => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - last);
    last = now;
    counter++;
    if (counter % 25 === 0) output.value = counter;
  }, 4);
  globalThis.witness = {
    read() {
      longestGapMs = Math.max(longestGapMs, performance.now() - last);
      const reading = { token, counter, text: input.value, longestGapMs };
      longestGapMs = 0;
      return reading;
    },
    type(text) { input.value = text; },
  };
</script>
</body>
</html>`;

/** Serves the drill's pages on a loopback port of its own. Close it when done. */
export async function serveDrillPages(): Promise<{ address(number: number): string; close(): void }> {
  const server: Server = createServer((request, response) => {
    const number = /^\/witness\/(\d{1,4})$/.exec(request.url ?? '')?.[1];
    response.writeHead(number === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(number === undefined ? '' : page(Number(number)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: (number) => `http://127.0.0.1:${port}/witness/${number}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

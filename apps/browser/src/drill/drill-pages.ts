import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** State that the drill reads from one of its pages. */
export interface PageReading {
  /** Created with the document. A reload creates another token. */
  token: string;
  /** Increases every 4 ms while the page's event loop runs. */
  counter: number;
  /** Content of the text field. */
  text: string;
  /** Longest time between two counts since the last read, ms. */
  longestGapMs: number;
  /** Longest time between two animation frames since the last read, ms; null while the page is hidden. */
  longestFrameGapMs: number | null;
  /** For each page that it has heard, by token: numbers of messages received and lost since the last read. */
  heard: Record<string, { received: number; lost: number }>;
}

const page = (title: string, hue: number, script: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 1rem; justify-items: center;
    font: 1rem system-ui, sans-serif; background: hsl(${hue} 45% 92%); color: #123; }
  output { font-size: 4rem; font-variant-numeric: tabular-nums; }
  div { width: 5rem; height: 5rem; border-radius: 1rem; background: hsl(${hue} 60% 45%);
    animation: turn 2s linear infinite; }
  @keyframes turn { to { rotate: 1turn } }
</style>
</head>
<body>
<h1>${title}</h1>
<div></div>
<output></output>
<input aria-label="Note" value="">
<script>${script}</script>
</body>
</html>`;

const witnessScript = `
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

  let lastFrame, longestFrameGapMs = 0;
  const frame = (now) => {
    if (lastFrame !== undefined) longestFrameGapMs = Math.max(longestFrameGapMs, now - lastFrame);
    lastFrame = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  document.addEventListener('visibilitychange', () => { lastFrame = undefined; });

  // The pages send each other numbered messages, so that a lost one is noticed.
  const channel = new BroadcastChannel('witnesses');
  let said = 0, heard = {};
  const lastHeard = new Map();
  setInterval(() => channel.postMessage({ from: token, number: ++said }), 20);
  channel.onmessage = ({ data: { from, number } }) => {
    const before = lastHeard.get(from) ?? number - 1;
    const of = heard[from] ??= { received: 0, lost: 0 };
    of.received++;
    of.lost += Math.max(0, number - before - 1);
    lastHeard.set(from, Math.max(before, number));
  };

  globalThis.witness = {
    read() {
      longestGapMs = Math.max(longestGapMs, performance.now() - last);
      const visible = document.visibilityState === 'visible' && longestFrameGapMs > 0;
      const reading = { token, counter, text: input.value, longestGapMs, heard,
        longestFrameGapMs: visible ? longestFrameGapMs : null };
      longestGapMs = 0;
      longestFrameGapMs = 0;
      heard = {};
      return reading;
    },
    type(text) { input.value = text; },
  };
`;

const victimScript = `
  const output = document.querySelector('output');
  let counter = 0;
  setInterval(() => { output.value = ++counter; }, 100);
  globalThis.victim = true;
`;

export interface DrillPages {
  /** Address of a page that keeps state and reports it. */
  witness(number: number): string;
  /** Address of a page for a victim. */
  victim: string;
  /** Address of a page for a tab of another Bulkhead. */
  app(number: number): string;
  /** Number of requests for that page so far. */
  appLoads(number: number): number;
  close(): void;
}

/** Serves the drill's pages on a loopback port of their own. Close it after use. */
export async function serveDrillPages(): Promise<DrillPages> {
  const loads = new Map<number, number>();
  const appLoads = (number: number) => loads.get(number) ?? 0;
  const server: Server = createServer((request, response) => {
    const [, kind, digits] = /^\/(witness|victim|app)\/(\d{1,4})$/.exec(request.url ?? '') ?? [];
    const number = Number(digits);
    response.writeHead(kind === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
    if (kind === 'app') loads.set(number, appLoads(number) + 1);
    if (kind === 'victim') response.end(page('Victim', 10, victimScript));
    else if (kind === 'app') response.end(page(`App ${number}`, 200, victimScript));
    else if (kind === 'witness') response.end(page(`Witness ${number}`, (number * 67) % 360, witnessScript));
    else response.end('');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The pages are reachable as `127.0.0.1` and `localhost`. These are two sites, so a subframe of the other one has
    // its own process.
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    witness: (number) => `http://127.0.0.1:${port}/witness/${number}`,
    victim: `http://127.0.0.1:${port}/victim/1`,
    app: (number) => `http://127.0.0.1:${port}/app/${number}`,
    appLoads,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

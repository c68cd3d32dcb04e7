import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { inspected, launchBare, now } from './launched.ts';

const kills = 9;
/** Number of views besides the killed one, the same in both applications because they use the machine, too. */
const others = 4;
/** Wait from the start until the application has its tabs, and pause between two kills, ms. */
const startMs = 5000;
const pauseMs = 1000;

export const benches: Bench[] = [
  {
    id: 'isolation/kill-to-sad-tab',
    what: 'SIGKILL of the active tab to its sad tab painted',
    unit: 'ms',
    floorName: "the barest Electron application's SIGKILL to render-process-gone",
    target: { of: 'ours', atMost: 30 },
    measure: async () => {
      const server = createServer((_request, response) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end('<!doctype html><title>Victim</title><h1>Victim</h1>');
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      try {
        return { floor: await killBare(address), ours: await killOurs(address) };
      } finally {
        server.close();
        server.closeAllConnections();
      }
    },
  },
];

/** Starts one application for each kill, because the bare application cannot restore a dead view. */
async function killBare(address: string): Promise<number[]> {
  const samples: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const launched = await launchBare(...Array.from({ length: others + 1 }, () => address));
    let victim = 0;
    let loaded = 0;
    let killedAt = 0;
    for await (const line of launched.lines) {
      const event = JSON.parse(line) as { loaded?: number; pid?: number; gone?: number; at?: number };
      if (event.loaded === 0) victim = event.pid ?? 0;
      if (event.loaded !== undefined) loaded++;
      if (loaded === others + 1 && killedAt === 0) {
        killedAt = now();
        process.kill(victim, 'SIGKILL');
      }
      if (event.gone === 0 && event.at !== undefined) {
        samples.push(event.at - killedAt);
        break;
      }
    }
    await launched.end();
  }
  return samples;
}

async function killOurs(address: string): Promise<number[]> {
  const launched = await inspected.ours(...Array.from({ length: others + 1 }, () => address));
  const inShell = (script: string) =>
    launched.evaluate(`electron.webContents.getAllWebContents()
      .find((contents) => contents.getURL().startsWith('bulkhead://shell'))
      .executeJavaScript(${JSON.stringify(script)})`);
  try {
    // An application that is starting must not be asked to evaluate anything.
    await sleep(startMs);
    const samples: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      let pid = 0;
      for (; pid === 0; pid = Number(await inShell(activePid))) await sleep(pauseMs);
      await inShell(`void (globalThis.sadTabPainted = ${sadTabPainted})`);
      const killedAt = now();
      process.kill(pid, 'SIGKILL');
      samples.push(Number(await inShell('globalThis.sadTabPainted')) - killedAt);
      await sleep(pauseMs);
      await inShell(
        `[...document.querySelectorAll('main button')].find((each) => each.innerText === 'Reload').click()`,
      );
    }
    return samples;
  } finally {
    await launched.end();
  }
}

/** Expression for the PID that the active tab shows; 0 while its page loads or has no process. */
const activePid = `document.querySelector('h2') ? 0 : Number(document.querySelector('.active:not(.asleep) .pid')?.innerText ?? 0)`;

/** Promise for the time at which the heading of a sad tab was painted, ms of the wall clock. */
const sadTabPainted = `new Promise((resolve) => {
  new PerformanceObserver((list, observer) => {
    observer.disconnect();
    resolve(performance.timeOrigin + list.getEntries()[0].renderTime);
  }).observe({ type: 'element' });
  new MutationObserver((_changes, observer) => {
    const heading = document.querySelector('h2');
    if (!heading) return;
    observer.disconnect();
    // Set this before it is painted, so that Chromium reports the time of painting.
    heading.setAttribute('elementtiming', 'sad tab');
  }).observe(document.body, { subtree: true, childList: true });
})`;

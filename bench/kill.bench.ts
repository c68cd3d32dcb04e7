import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, type Page } from '@playwright/test';
import type { Bench } from './bench.ts';
import { launchBare, now } from './launched.ts';
import { where } from './where.ts';

const kills = 9;
/** Views besides the one that is killed: their share of the machine belongs to both. */
const others = 4;

export const benches: Bench[] = [
  {
    id: 'isolation/kill-to-sad-tab',
    what: 'SIGKILL of the active tab to its sad tab painted',
    unit: 'ms',
    floorName: "the barest Electron application's SIGKILL to render-process-gone",
    target: { of: 'ours', atMost: 60 },
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

/** One application for each kill: it has no way back for a dead view. */
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
  const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-bench-'));
  const { electron: executablePath, app } = where();
  const args = [app, '--profile', profile, ...Array.from({ length: others + 1 }, () => address)];
  const application = await electron.launch({ executablePath, args, chromiumSandbox: true });
  try {
    const shell = await shellOf(() => application.windows());
    const victims = shell.getByRole('tablist', { name: 'Tabs' }).getByRole('tab', { name: 'Victim' });
    await victims.nth(others).waitFor();
    const samples: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const pid = await activePid(shell);
      const painted = sadTabPainted(shell);
      const killedAt = now();
      process.kill(pid, 'SIGKILL');
      samples.push((await painted) - killedAt);
      await shell.getByRole('heading', { level: 2 }).waitFor();
      await shell.getByRole('button', { name: 'Reload' }).last().click();
      await shell.getByRole('heading', { level: 2 }).waitFor({ state: 'detached' });
    }
    return samples;
  } finally {
    await application.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** The PID that the active tab shows. */
async function activePid(shell: Page): Promise<number> {
  const text = await shell.locator('[role=tab][aria-selected=true]').getByText(/^\d+$/).textContent();
  return Number(text);
}

/** Wall clock of the frame after the one in which the shell drew a sad tab. */
function sadTabPainted(shell: Page): Promise<number> {
  return shell.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector('h2')) return;
          observer.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
  );
}

async function shellOf(windows: () => Page[]): Promise<Page> {
  for (;;) {
    const shell = windows().find((page) => page.url().startsWith('bulkhead://shell'));
    if (shell) return shell;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

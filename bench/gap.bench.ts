import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { Bench } from './bench.ts';
import { where } from './where.ts';

const witnesses = 4;
const rounds = 5;
/** Time without any action before each fault, and time that the witnesses are watched from the fault on, ms. */
const [restMs, watchMs] = [500, 1000];

type Fault = 'none' | 'tab-kill' | 'gpu-kill';
type Gaps = Record<Fault, number[]>;

type Figures = Record<'bulkhead' | 'bare', Gaps>;

let figures: Promise<Figures> | undefined;
const measured = () => {
  figures ??= measure();
  return figures;
};

const row = (fault: Fault, killed: string, target: Pick<Bench, 'target'>): Bench => ({
  id: `isolation/gap-${fault}`,
  what: `Longest silence of the other tabs when ${killed} is killed`,
  unit: 'ms',
  floorName: 'their longest silence over the same time with no fault',
  ...target,
  measure: () => measured().then(({ bulkhead }) => ({ ours: bulkhead[fault], floor: bulkhead.none })),
});

const besideBare = (fault: Fault, killed: string, target: Pick<Bench, 'target'>): Bench => ({
  ...row(fault, killed, target),
  id: `isolation/gap-${fault}-vs-bare`,
  floorName: 'the same in the barest Electron application',
  measure: () => measured().then(({ bulkhead, bare }) => ({ ours: bulkhead[fault], floor: bare[fault] })),
});

export const benches: Bench[] = [
  row('tab-kill', 'a tab', { target: { atMost: 1.5 } }),
  besideBare('tab-kill', 'a tab', {}),
  // Chromium makes every page that draws wait for the next GPU process. No application can be faster than that.
  row('gpu-kill', 'the GPU process', {}),
  besideBare('gpu-kill', 'the GPU process', { target: { atMost: 1.5 } }),
];

const page = (title: string) => `<!doctype html><title>${title}</title><h1>${title}</h1><script>
  let last = performance.now(), longest = 0;
  const look = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; };
  setInterval(look, 4);
  globalThis.longestGap = () => { look(); const gap = longest; longest = 0; return gap; };
</script>`;

/** Measures one application after the other, because they would disturb each other. */
async function measure(): Promise<Figures> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page(request.url === '/victim' ? 'Victim' : 'Witness'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { app } = where();
  try {
    const bare = await gapsOf(path.join(import.meta.dirname, 'bare-app'), (profile) => [profile], origin);
    return { bare, bulkhead: await gapsOf(app, (profile) => ['--profile', profile], origin) };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function gapsOf(app: string, args: (profile: string) => string[], origin: string): Promise<Gaps> {
  const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-bench-'));
  const addresses = [`${origin}/victim`, ...Array.from({ length: witnesses }, (_, index) => `${origin}/${index}`)];
  const application = await electron.launch({
    executablePath: where().electron,
    // Without this switch, Chromium ends the application after some crashes of its GPU process.
    args: ['--disable-gpu-process-crash-limit', app, ...args(profile), ...addresses],
    chromiumSandbox: true,
  });
  try {
    const pages = await Promise.all(addresses.slice(1).map((address) => pageAt(application, address)));
    await pageAt(application, `${origin}/victim`);
    // Without this, the timers of hidden pages fire only once a second.
    await application.evaluate(({ webContents }) => {
      for (const each of webContents.getAllWebContents()) each.setBackgroundThrottling(false);
    });
    const gaps: Gaps = { none: [], 'tab-kill': [], 'gpu-kill': [] };
    for (let round = -1; round < rounds; round++) {
      for (const fault of ['none', 'tab-kill', 'gpu-kill'] as const) {
        await sleep(restMs);
        await Promise.all(pages.map((each) => each.evaluate('longestGap()')));
        await kill(application, fault, `${origin}/victim`);
        await sleep(watchMs);
        const read = await Promise.all(pages.map((each) => each.evaluate<number>('longestGap()')));
        if (round >= 0) gaps[fault].push(Math.max(...read));
        await application.evaluate(({ webContents }, victim) => {
          const contents = webContents.getAllWebContents().find((each) => each.getURL() === victim);
          if (contents?.isCrashed()) contents.reload();
        }, `${origin}/victim`);
      }
    }
    return gaps;
  } finally {
    await application.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const kill = (application: ElectronApplication, fault: Fault, victim: string) =>
  application.evaluate(
    ({ app, webContents }, asked) => {
      const gpu = app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid;
      const tab = webContents
        .getAllWebContents()
        .find((each) => each.getURL() === asked.victim)
        ?.getOSProcessId();
      const pid = asked.fault === 'gpu-kill' ? gpu : tab;
      if (!pid) throw new Error(`there is no process for ${asked.fault}`);
      if (asked.fault !== 'none') process.kill(pid, 'SIGKILL');
    },
    { fault, victim },
  );

async function pageAt(application: ElectronApplication, address: string): Promise<Page> {
  for (;;) {
    const found = application.windows().find((each) => each.url() === address);
    if (found) {
      await found.waitForFunction('globalThis.longestGap');
      return found;
    }
    await sleep(50);
  }
}

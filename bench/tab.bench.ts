import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rectangle } from '../e2e/display.ts';
import { RealKeyboard } from '../e2e/real-keyboard.ts';
import { type Bench, quantile, type Samples } from './bench.ts';
import { inspected, type Launched, now } from './launched.ts';
import { Screen } from './screen.ts';
import { where } from './where.ts';

const rounds = 3;
/** Numbers of samples per started application. */
const newTabs = 10;
const switches = 20;
const clicks = 40;
/** Longest wait for the next page to load, ms. All processes start at once, and finish their start together. */
const startMs = 300_000;
/** Pause between two actions, ms. */
const pauseMs = 400;

export const benches: Bench[] = [
  {
    id: 'tab/new-vs-bare',
    what: 'Ctrl+T to the first painting of the page of the new tab',
    unit: 'ms',
    floorName: 'a new view with the same page in the barest Electron application',
    target: { atMost: 1.3 },
    measure: () =>
      alternately(
        {
          ours: () => openTabs(inspected.ours),
          floor: () => openTabs((page) => inspected.floor('--shell', page ?? '', startPageBeside(page ?? ''))),
        },
        rounds,
      ),
  },
  {
    id: 'tab/switch-50-vs-5',
    what: 'Ctrl+Tab to the page on the screen with 50 tabs',
    unit: 'ms',
    floorName: 'the same with 5 tabs',
    target: { atMost: 1.2 },
    measure: () => alternately({ ours: () => switchTabs(50), floor: () => switchTabs(5) }, rounds),
  },
  {
    id: 'shell/200-tabs-p95',
    what: 'click on a tab to its address in the address bar, 95th percentile, with 200 tabs in processes of their own',
    unit: 'ms',
    floorName: 'the same with 5 tabs',
    target: { of: 'ours', atMost: 50 },
    measure: () => alternately({ ours: () => clickTabs(200), floor: () => clickTabs(5) }, rounds),
  },
];

/** Returns the address of the start page on a page's server. The barest application maps this name to this machine. */
const startPageBeside = (page: string) => `http://newtab:${new URL(page).port}/start/`;

async function alternately(
  { ours, floor }: Record<'ours' | 'floor', () => Promise<number[]>>,
  rounds: number,
): Promise<Samples> {
  const samples: Samples = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    samples.floor.push(...(await floor()));
    samples.ours.push(...(await ours()));
  }
  return samples;
}

/**
 * Runs `act` on an application with this many tabs, with a keyboard and a screen, once the window no longer changes.
 */
async function withTabs<T>(
  launch: typeof inspected.ours,
  tabs: number,
  act: (open: { launched: Launched; keyboard: RealKeyboard; screen: Screen; content: Rectangle }) => Promise<T>,
): Promise<T> {
  const server = new Pages();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using keyboard = await RealKeyboard.connect();
  await using screen = await Screen.connect();
  // Each page has its own host, so that it has its own process.
  const launched = await launch(...Array.from({ length: tabs }, (_, index) => `http://tab${index}.localhost:${port}/`));
  try {
    // An application that is starting must not be asked to evaluate anything.
    while (server.loaded < tabs) {
      await once(server, 'loaded', { signal: AbortSignal.timeout(startMs) }).catch((cause) => {
        throw new Error(`${server.loaded} of ${tabs} pages have loaded`, { cause });
      });
    }
    const content = (await launched.evaluate('electron.BaseWindow.getAllWindows()[0].getContentBounds()')) as Rectangle;
    const middle = middleOf(content);
    await screen.still(middle, 1500);
    // Give the keyboard to the page, as if the user had read it.
    for (let hasKeyboard = false; !hasKeyboard; await sleep(pauseMs)) {
      await launched.evaluate('electron.BaseWindow.getAllWindows()[0].focus()');
      keyboard.click(middle.x, middle.y);
      await sleep(pauseMs);
      hasKeyboard = (await launched.evaluate(pageHasKeyboard)) as boolean;
    }
    return await act({ launched, keyboard, screen, content });
  } finally {
    await launched.end();
    server.close();
    server.closeAllConnections();
  }
}

/** Returns one pixel in the middle of the page. */
const middleOf = ({ x, y, width, height }: Rectangle) => ({ x: x + width / 2, y: y + height / 2, width: 1, height: 1 });

function openTabs(launch: typeof inspected.ours): Promise<number[]> {
  return withTabs(launch, 1, async ({ launched, keyboard }) => {
    const samples: number[] = [];
    for (let count = 0; count <= newTabs; count++) {
      const pressedAt = now();
      void keyboard.press(['control', 'T']);
      let paintedAt = 0;
      for (; paintedAt < pressedAt; paintedAt = Number(await launched.evaluate(newestPaintedAt))) await sleep(pauseMs);
      // The first sample does not count: it starts what the others reuse.
      if (count > 0) samples.push(paintedAt - pressedAt);
    }
    return samples;
  });
}

const pageHasKeyboard = `electron.BaseWindow.getAllWindows()[0].isFocused() &&
  electron.webContents.getFocusedWebContents()?.getURL().startsWith('http:') === true`;

/** Expression for the first painting of the newest page, ms since 1970; 0 while there is none. */
const newestPaintedAt = `(() => {
  const [newest] = electron.webContents.getAllWebContents()
    .filter((contents) => !/^bulkhead:\\/\\/shell|shell\\.html$/.test(contents.getURL()))
    .sort((one, other) => other.id - one.id);
  // A script that is sent to a document that another document then replaces is never answered.
  if (newest.isLoading()) return 0;
  const paint = "performance.getEntriesByName('first-contentful-paint')[0]";
  return newest.executeJavaScript(\`\${paint} ? performance.timeOrigin + \${paint}.startTime : 0\`);
})()`;

function switchTabs(tabs: number): Promise<number[]> {
  return withTabs(inspected.ours, tabs, async ({ keyboard, screen, content }) => {
    const middle = middleOf(content);
    const samples: number[] = [];
    for (let count = -tabs; count < switches; count++) {
      const before = await screen.picture(middle);
      const pressedAt = now();
      void keyboard.press(['control', 'tab']);
      const shownAt = await screen.until(middle, (picture) => !picture.equals(before) && !picture.equals(white));
      // The first round, which shows each tab once, does not count.
      if (count >= 0) samples.push(shownAt - pressedAt);
      await sleep(pauseMs);
    }
    return samples;
  });
}

/** Returns one sample: the 95th percentile of the clicks. */
function clickTabs(tabs: number): Promise<number[]> {
  return withTabs(inspected.ours, tabs, async ({ launched, keyboard, screen, content }) => {
    const processes = Number(await launched.evaluate(livePages));
    if (processes !== tabs) throw new Error(`${processes} of ${tabs} tabs are alive in processes of their own`);
    const times: number[] = [];
    for (let count = 0; count < clicks; count++) {
      const { tab, address } = (await launched.evaluate(whereToClick(count))) as Record<'tab' | 'address', Rectangle>;
      const shown = { ...address, x: content.x + address.x, y: content.y + address.y };
      const place = { x: content.x + tab.x, y: content.y + tab.y };
      await sleep(pauseMs);
      // Click soon after pointing: a tooltip would cover the address bar.
      keyboard.point(place.x, place.y);
      await screen.still(shown, 100);
      const before = await screen.picture(shown);
      const clickedAt = now();
      keyboard.click(place.x, place.y);
      times.push((await screen.until(shown, (picture) => !picture.equals(before))) - clickedAt);
    }
    return [quantile(times, 0.95)];
  });
}

/** Expression for the number of living processes of the server's pages. */
const livePages = `new Set(
  electron.webContents.getAllWebContents()
    .filter((contents) => contents.getURL().startsWith('http:') && !contents.isCrashed())
    .map((contents) => contents.getOSProcessId())
    .filter((pid) => pid > 0),
).size`;

/**
 * Returns an expression for the middle of an inactive tab in view, another one each time, and the address bar's box.
 */
const whereToClick = (count: number) => `electron.webContents.getAllWebContents()
  .find((contents) => contents.getURL().startsWith('bulkhead://shell'))
  .executeJavaScript(\`(() => {
    const tabs = [...document.querySelectorAll('[role=tab][aria-selected=false]')].filter((tab) => {
      const { left, right } = tab.getBoundingClientRect();
      return document.elementFromPoint((left + right) / 2, 20)?.closest('[role=tab]') === tab;
    });
    const tab = tabs[${count} * 7 % tabs.length].getBoundingClientRect();
    const address = document.querySelector('input[role=combobox]').getBoundingClientRect();
    return {
      tab: { x: Math.round(tab.left + tab.width / 2), y: Math.round(tab.top + tab.height / 2) },
      address: { x: Math.round(address.left), y: Math.round(address.top) + 8, width: 240, height: 16 },
    };
  })()\`)`;

/** Pixel of a page that was not painted yet. */
const white = Buffer.from([255, 255, 255, 0]);

/** Serves pages, each in its own colour; emits 'loaded' whenever a page reports that it has loaded. */
class Pages extends Server {
  loaded = 0;
  #served = 0;

  constructor() {
    super(async (request, response) => {
      if (request.url === '/loaded') {
        this.loaded += 1;
        this.emit('loaded');
      }
      const file = startPageFile(request.url ?? '');
      if (file) {
        response.setHeader('Content-Type', types[path.extname(file)] ?? '');
        response.end(await readFile(path.join(where().app, 'out/renderer', file)));
        return;
      }
      const colour = `hsl(${(this.#served++ * 67) % 360} 60% 50%)`;
      const script = `addEventListener('load', () => fetch('/loaded', { method: 'POST' }))`;
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><title>Tab</title><link rel="icon" href="data:,"><body style="background: ${colour}"><h1>Tab</h1><script>${script}</script>`,
      );
    });
  }
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Returns the built file for an address of the start page; undefined for other addresses. */
function startPageFile(address: string): string | undefined {
  if (address.endsWith('/start/')) return 'apps/pages/index.html';
  return /assets\/[\w.-]+$/.exec(address)?.[0];
}

import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Bulkhead } from './bulkhead.ts';
import { killBrowser } from './session.ts';
import { expect, test } from './test.ts';

/** Longest time after a change during which it may be lost, ms. */
const graceMs = 1000;
const seed = Number(process.env.BULKHEAD_SEED ?? 20_261_122);

/** The tabs in order, by the names of their pages. Each page is opened once. */
interface Tabs {
  names: string[];
  active: string;
}

/** An action of the user or of a page. `at` chooses the tab. */
interface Change {
  action: 'open' | 'close' | 'activate' | 'navigate';
  at: number;
}

const action = fc.constantFrom<Change['action'][]>('open', 'open', 'close', 'activate', 'navigate');
const changes = fc.array(fc.record({ action, at: fc.nat({ max: 1000 }) }), { minLength: 200, maxLength: 200 });
const rounds = fc.sample(fc.record({ changes, killAfterMs: fc.integer({ min: 0, max: 4000 }) }), { seed, numRuns: 4 });

test(`after a kill at any moment, the next start has every tab of the second before (seed ${seed})`, async ({
  launch,
  pages,
  folder,
}) => {
  test.setTimeout(180_000);
  const profile = `${folder}/profile`;
  let opened = 0;
  const newName = () => `Page ${String(++opened).padStart(4, '0')}`;
  let tabs: Tabs = { names: [newName(), newName(), newName()], active: 'Page 0001' };
  let bulkhead = await launch(
    tabs.names.map((name) => pages.html(name, '')),
    { profile },
  );
  await expect.poll(() => tabsIn(bulkhead)).toEqual(tabs);

  for (const { changes, killAfterMs } of rounds) {
    // The states that were seen, and until when.
    const history: { tabs: Tabs; until: number }[] = [];
    const killed = sleep(killAfterMs).then(async () => {
      const at = performance.now();
      await killBrowser(bulkhead);
      return at;
    });
    for (const change of changes) {
      const name = newName();
      const next = after(tabs, change, name);
      const shown = cause(bulkhead, tabs, next, change, pages.html(name, '')).then(() =>
        expect.poll(() => tabsIn(bulkhead), { intervals: [10] }).toEqual(next),
      );
      const failedAt = await shown.then(
        () => undefined,
        () => performance.now(),
      );
      history.push({ tabs, until: failedAt === undefined ? performance.now() : Number.POSITIVE_INFINITY });
      tabs = next;
      if (failedAt === undefined) continue;
      // It failed because of the kill, not before it.
      if (failedAt < (await killed)) await shown;
      break;
    }
    const killedAt = await killed;
    history.push({ tabs, until: Number.POSITIVE_INFINITY });

    const possible = history.filter(({ until }) => until > killedAt - graceMs).map((each) => each.tabs);
    bulkhead = await launch([], { profile });
    await expect(async () => expect(possible).toContainEqual(await tabsIn(bulkhead))).toPass({ timeout: 10_000 });
    tabs = await tabsIn(bulkhead);
  }
});

/** Returns the tabs after the change. `name`: the page that it opens, if any. */
function after({ names, active }: Tabs, { action, at }: Change, name: string): Tabs {
  const index = at % names.length;
  const chosen = names[index] ?? '';
  const activeIndex = names.indexOf(active);
  if (action === 'activate') return { names, active: chosen };
  if (action === 'navigate') return { names: names.with(activeIndex, name), active: name };
  // Closing the last tab would close the window.
  if (action === 'open' || names.length === 1)
    return { names: names.toSpliced(activeIndex + 1, 0, name), active: name };
  const left = names.toSpliced(index, 1);
  return { names: left, active: chosen === active ? (left[index] ?? left[index - 1] ?? '') : active };
}

async function cause(bulkhead: Bulkhead, before: Tabs, next: Tabs, { action, at }: Change, address: string) {
  const chosen = bulkhead.tab(before.names[at % before.names.length] ?? '');
  if (action === 'activate') return chosen.click();
  if (next.names.length < before.names.length) return chosen.click({ button: 'middle' });
  const page = await bulkhead.page(address.replace(/[^/]*$/, encodeURIComponent(before.active)));
  // Started by the page itself, later, because the reply may find no process any more.
  await page.evaluate(
    ({ address, navigates }) => {
      const link = Object.assign(document.createElement('a'), { href: address, rel: 'noopener' });
      if (!navigates) link.target = '_blank';
      setTimeout(() => link.click());
    },
    { address, navigates: next.names.length === before.names.length },
  );
}

/** Returns the strip, as soon as every tab has its title. */
async function tabsIn(bulkhead: Bulkhead): Promise<Tabs> {
  const tabs = await bulkhead.tabs.evaluateAll((elements) =>
    elements.map((element) => ({
      // Title and address are the first two lines of the tooltip.
      lines: element.getAttribute('title')?.split('\n') ?? [],
      active: element.getAttribute('aria-selected') === 'true',
    })),
  );
  const names = tabs.map(({ lines: [title = '', address = ''] }) =>
    decodeURIComponent(address).endsWith(`/${title}`) ? title : `${address} without its title`,
  );
  return { names, active: names[tabs.findIndex(({ active }) => active)] ?? '' };
}

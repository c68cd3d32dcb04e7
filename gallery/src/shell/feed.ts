import { type DownloadList, faults, rowOf, shellHost, type WindowChange } from '@bulkhead/contracts';
import { messagePortEndpoint, serve } from '@bulkhead/rpc';
import { followAddress, until } from '../frame.ts';
import { snapshot, suggestions } from './answers.ts';
import { type ShellFixture, shellFixtures } from './fixtures.ts';
import { tab, window as windowState } from './states.ts';

// Serves the shell's port in place of the browser. The port checks each fixture against the contract.

/** All other tabs are closed, so nothing of the fixture before is left. */
const empty: ShellFixture = {
  part: 'header',
  tabs: [tab({ id: 1000 })],
  window: windowState({ activeTab: 1000, plugins: [] }),
};
let fixture = empty;

/** Returns a handler for a stream, and a function that sends its next item. */
function source<Item>(first: () => Item | undefined) {
  let send: (item: Item) => void = () => undefined;
  return {
    send: (item: Item) => send(item),
    handler({ sink }: { sink: { latest(item: Item): void; closed: Promise<void> } }) {
      send = (item) => sink.latest(item);
      const item = first();
      if (item !== undefined) sink.latest(item);
      return sink.closed;
    },
  };
}

const changeTo = ({ tabs, window }: ShellFixture): WindowChange => ({
  order: { tabs: tabs.map(({ id }) => id), pinned: tabs.filter(({ pinned }) => pinned).length },
  tabs: [...tabs],
  changed: [],
  window,
});
const downloadsOf = ({ downloads }: ShellFixture): DownloadList => ({ downloads: [], questions: [], ...downloads });
const states = source(() => changeTo(fixture));
const downloads = source(() => downloadsOf(fixture));

type Handlers = Parameters<typeof serve<typeof shellHost>>[2];
const nothing = () => undefined;
/** Commands of the user have no effect. */
const commands = Object.fromEntries(Object.keys(shellHost.definition.calls).map((name) => [name, nothing]));
const answers: Partial<Handlers> = {
  newTab: () => 1,
  navigate: () => (fixture.refusal ? { outcome: 'refused', refusal: fixture.refusal } : { outcome: 'begun' }),
  suggest: () => suggestions,
  faults: () => faults.map((fault) => ({ fault, victim: rowOf(fault).victim, unavailable: null })),
  breakTab: () => ({ ok: false, reason: 'refused' }),
  lastPicture: () => (fixture.hasSnapshot ? snapshot() : null),
  keptState: () => null,
  painted: nothing,
  keepState: nothing,
  windowState: states.handler,
  downloads: downloads.handler,
  async frameStatistics({ sink, signal }) {
    while (!signal.aborted) {
      if (fixture.figures) sink.latest(fixture.figures);
      // The rate of a page is 0 when no frame comes for a second.
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  },
};

const { port1, port2 } = new MessageChannel();
serve(shellHost, messagePortEndpoint(port1), { ...commands, ...answers } as Handlers, { heartbeat: false });
// As the preload hands the port over: the shell listens from here on.
document.addEventListener('DOMContentLoaded', () => {
  window.postMessage('bulkhead-port', location.origin, [port2]);
  followAddress(show);
});

/** Brings the shell into the state of a fixture, as the browser would if the user opened it instead of an ordinary tab. */
async function show(name: string): Promise<void> {
  const next = shellFixtures[name];
  if (!next) throw new Error(`There is no fixture "${name}".`);
  await draw(empty);
  await draw(next);
  await next.act?.();
  if (next.figures) await until(() => document.querySelector('.swatch'));
  if (next.hasSnapshot) await until(() => document.querySelector('section img'));
}

async function draw(next: ShellFixture): Promise<void> {
  for (const popover of document.querySelectorAll<HTMLElement>(':popover-open')) popover.hidePopover();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  fixture = next;
  downloads.send(downloadsOf(next));
  states.send(changeTo(next));
  await until(() => document.querySelector(`#page[aria-labelledby="tab-${next.window.activeTab}"]`));
  const list = next.downloads?.downloads ?? [];
  await until(
    () => document.querySelectorAll('progress').length === list.filter(({ state }) => state === 'running').length,
  );
}

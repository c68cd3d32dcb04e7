import type { Fault } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import type { Tab } from '../tabs/tab.ts';
import { Bystanders } from './bystanders.ts';
import type { PageReading } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import { Witness } from './witness.ts';

/** Checks three tabs and the services. `change` makes the changes of the fault. */
async function check(fault: Fault, change: (world: ReturnType<typeof makeWorld>) => void): Promise<void> {
  const world = makeWorld();
  const witnesses = world.tabs.map(
    (tab) =>
      new Witness(
        { ...tab, contents: { executeJavaScript: async () => structuredClone(tab.page) } } as unknown as Tab,
        1,
      ),
  );
  const bystanders = await Bystanders.of(browserOf(world), witnesses, fault, witnesses[0] as Witness);
  change(world);
  for (const [index, { tab }] of witnesses.entries()) Object.assign(tab, world.tabs[index]);
  await bystanders.check();
}

const makeWorld = () => ({
  tabs: [1, 2, 3].map((id) => ({ id, pid: 100 + id, ended: null as object | null, page: pageOf(id) })),
  plugin: { pid: 200 as number | null },
  shell: { pid: 300 },
  gpu: 400,
});

const pageOf = (id: number): PageReading => ({
  token: `token ${id}`,
  counter: 10,
  text: `note of tab ${id}`,
  longestGapMs: 5,
  longestFrameGapMs: null,
  heard: { 'token 1': { received: 3, lost: 0 }, 'token 3': { received: 3, lost: 0 } },
});

const browserOf = (world: ReturnType<typeof makeWorld>) =>
  ({
    plugin: world.plugin,
    shell: world.shell,
    services: { find: async (service: string) => (service === 'gpu' ? world.gpu : 500) },
  }) as unknown as DrillTarget;

type World = ReturnType<typeof makeWorld>;
const second = ({ tabs }: World) => tabs[1] as World['tabs'][number];

test('the victim may lose everything, the others nothing', async () => {
  await check('tab-kill', ({ tabs: [victim] }) => Object.assign(victim ?? {}, { pid: 999, page: undefined }));
  await check('tab-kill', (world) => Object.assign(second(world).page.heard['token 1'] ?? {}, { lost: 7 }));
  await check('plugin-kill', ({ plugin }) => Object.assign(plugin, { pid: 999 }));
});

test.each<[string, (world: World) => void]>([
  ['lost its process', (world) => Object.assign(second(world), { pid: 999 })],
  ['lost its process', (world) => Object.assign(second(world), { ended: {} })],
  ['lost its state', (world) => Object.assign(second(world).page, { token: 'another document' })],
  ['lost its state', (world) => Object.assign(second(world).page, { text: '' })],
  ['lost its state', (world) => Object.assign(second(world).page, { counter: 1 })],
  ['lost 2 messages', (world) => Object.assign(second(world).page.heard['token 3'] ?? {}, { lost: 2 })],
  ['the process of the plugin', ({ plugin }) => Object.assign(plugin, { pid: null })],
  ['the process of the shell', ({ shell }) => Object.assign(shell, { pid: 999 })],
  ['the process of the gpu', (world) => Object.assign(world, { gpu: 999 })],
])('the check rejects with "%s"', async (what, change) => {
  await expect(check('tab-kill', change)).rejects.toThrow(what);
});

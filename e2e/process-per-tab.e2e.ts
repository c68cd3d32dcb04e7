import type { Bulkhead } from './bulkhead.ts';
import { commandLineOf, isAlive, readSandbox } from './system.ts';
import { expect, test } from './test.ts';

async function renderersOf(bulkhead: Bulkhead): Promise<number[]> {
  const processes = await bulkhead.processes();
  const lines = await Promise.all(processes.map(commandLineOf));
  return processes.filter((_pid, index) => lines[index]?.includes('--type=renderer'));
}

const titles = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon'];

test('every tab is a sandboxed process of its own, even five of one site', async ({ launch, pages }) => {
  const bulkhead = await launch([...titles.map(pages.counter), 'bulkhead://newtab', 'bulkhead://processes']);
  const pids = new Set<number>();
  for (const title of [...titles, 'New tab', 'Processes']) {
    const pid = await bulkhead.pidOfTab(title);
    pids.add(pid);
    expect(await commandLineOf(pid)).toContain('--type=renderer');
  }
  expect(pids.size).toBe(7);

  // The shell is a renderer like any other, and not one of the tabs'.
  let renderers: number[] = [];
  await expect(async () => {
    renderers = await renderersOf(bulkhead);
    expect(renderers).toHaveLength(8);
  }).toPass({ timeout: 15_000 });
  expect(renderers).toEqual(expect.arrayContaining([...pids]));
  for (const pid of renderers) {
    const { pidNamespaces, ...sandbox } = await readSandbox(pid);
    expect(sandbox).toEqual({ seccomp: 2, noNewPrivileges: true, capabilities: '0000000000000000' });
    expect(pidNamespaces).toBeGreaterThan(1);
  }
});

test('tabs opened at the same moment do not share a process', async ({ launch, pages }) => {
  const addresses = Array.from({ length: 12 }, (_, index) => pages.counter(`Page ${index}`));
  const bulkhead = await launch(addresses);
  await expect(bulkhead.tabs).toHaveCount(12);
  const pids = await Promise.all(addresses.map((_, index) => bulkhead.pidOfTab(`Page ${index}`)));
  expect(new Set(pids).size).toBe(12);
  await expect(bulkhead.shell.getByText('Shares its process')).toHaveCount(0);
});

test('navigating to another site leaves no process behind', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const before = await bulkhead.pidOfTab('Alpha');
  await bulkhead.go('bulkhead://newtab');
  const after = await bulkhead.pidOfTab('New tab');
  expect(after).not.toBe(before);
  await expect.poll(() => isAlive(before)).toBe(false);
});

import { readdir } from 'node:fs/promises';
import { lessons, statements } from '@bulkhead/ipc-models/lessons';
import { aliveOf, commandLineOf } from './system.ts';
import { expect, test } from './test.ts';

/** Names in memory and in the folder for temporary files that a run may have made. */
async function namesIn(temporary: string): Promise<string[]> {
  const folders = ['/dev/shm', '/dev/mqueue', temporary];
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return names.flat().filter((name) => /bulkhead/.test(name));
}

for (const [index, statement] of statements.entries()) {
  const ours = lessons.filter((lesson) => lesson.statement === index + 1);
  if (ours.length === 0) continue;
  test(`lessons that are ended in the middle leave nothing behind: ${statement}`, async ({ launch, folder }) => {
    const temporary = `${folder}/temporary`;
    const before = await namesIn(temporary);
    const bulkhead = await launch(['bulkhead://ipc-lab/']);
    const page = await bulkhead.page('bulkhead://ipc-lab');
    const plugin = await bulkhead.pidOfPlugin();
    /** Plugins and lessons are of this kind, and nothing else is. */
    const utilities = async () => {
      const family = await aliveOf(await bulkhead.processes());
      const lines = await Promise.all(family.map(commandLineOf));
      return family.filter((_pid, at) => lines[at]?.includes('--utility-sub-type=node.mojom.NodeService'));
    };
    expect(await utilities()).toEqual([plugin]);
    for (const { id } of ours) {
      await bulkhead.go(`bulkhead://ipc-lab/${id}`);
      await expect(bulkhead.address).toHaveValue(new RegExp(`/${id}$`));
      await page.getByLabel('Pace').selectOption('Slower');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      const actors = page.getByRole('region', { name: 'Processes of this run' });
      // It is under way: a process has its program running, or it has come to its end already.
      await expect(
        actors
          .getByRole('button', { name: /^Kill/ })
          .first()
          .or(page.getByRole('button', { name: 'Run again' })),
      ).toBeVisible();
      const kill = actors.getByRole('button', { name: /^Kill/ }).first();
      if (await kill.isVisible()) await kill.click();
      const stop = page.getByRole('button', { name: 'Stop', exact: true });
      if (await stop.isVisible()) await stop.click();
      await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
      await expect.poll(utilities, `processes of ${id}`).toEqual([plugin]);
      await expect.poll(() => namesIn(temporary), `names of ${id}`).toEqual(before);
    }
  });
}

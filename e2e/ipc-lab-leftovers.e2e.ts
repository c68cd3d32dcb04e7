import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { lessons, statements } from '@bulkhead/ipc-models/lessons';
import { aliveOf, commandLineOf, namedObjectsOf } from './system.ts';
import { expect, test } from './test.ts';

for (const [index, statement] of statements.entries()) {
  const ours = lessons.filter((lesson) => lesson.statement === index + 1);
  if (ours.length === 0) continue;
  test(`lessons ended in the middle leave nothing behind: ${statement}`, async ({ share }) => {
    const bulkhead = await share(['bulkhead://ipc-lab/']);
    const page = await bulkhead.page('bulkhead://ipc-lab');
    const plugin = await bulkhead.pidOfPlugin();
    /** Only plugins and lessons are of this kind. */
    const utilities = async () => {
      const family = await aliveOf(await bulkhead.processes());
      const lines = await Promise.all(family.map(commandLineOf));
      return family.filter((_pid, at) => lines[at]?.includes('--utility-sub-type=node.mojom.NodeService'));
    };
    expect(await utilities()).toEqual([plugin]);
    const temporary = path.join(path.dirname(bulkhead.profile), 'temporary');
    /** Names that a run may have created in memory and in the folder for temporary files. */
    const names = async () => [
      ...(await namedObjectsOf(await bulkhead.processes())),
      ...(await readdir(temporary)).filter((name) => name.includes('bulkhead')),
    ];
    const before = await names();
    for (const { id } of ours) {
      await bulkhead.go(`bulkhead://ipc-lab/${id}`);
      await expect(bulkhead.address).toHaveValue(new RegExp(`/${id}$`));
      await page.getByLabel('Pace').selectOption('Slower');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      const actors = page.getByRole('region', { name: 'Processes of this run' });
      // The run has started: a process runs its program, or it has already ended.
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
      await expect
        .poll(async () => (await names()).filter((name) => !before.includes(name)), `names of ${id}`)
        .toEqual([]);
    }
  });
}

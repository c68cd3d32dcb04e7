import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandLineOf, isAlive } from './system.ts';
import { expect, test } from './test.ts';

test('cells of the matrix run from its page, on tabs or on a browser of their own, and the runs are saved', async ({
  launch,
  pages,
  folder,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const pid = await bulkhead.pidOfTab('Alpha');
  await bulkhead.open('bulkhead://isolation');
  const page = await bulkhead.page('bulkhead://isolation');
  const temporary = () => readdir(path.join(folder, 'temporary'));
  const before = await temporary();
  for (const fault of ['tab-kill', 'browser-kill']) {
    const cell = page.locator(`[data-fault="${fault}"]`).first();
    await expect(cell).toHaveAttribute('data-state', 'not-run');
    await cell.click();
    await expect(cell).toHaveAttribute('data-state', 'passed', { timeout: 90_000 });
    await expect(page.locator(`[data-result="${fault}"]`)).toContainText('processes, state');
  }
  // Cells started one after the other are one run.
  await expect(page.locator('[data-fault="tab-kill"]').first()).toHaveAttribute('data-state', 'passed');
  await expect(page.locator('[data-result="browser-kill"]')).toContainText('SIGKILL, nothing left, every tab back');
  await expect(page.locator('[data-result="browser-kill"]')).toContainText(/\d\.\d ×/);
  await expect(page.getByRole('button', { name: 'Markdown' })).toBeVisible();
  // The tabs opened for it are closed, and the page with the results stays active.
  await expect(bulkhead.tabs).toHaveCount(2);
  expect(await bulkhead.pidOfTab('Alpha')).toBe(pid);
  expect(await temporary()).toEqual(before);
  const files = await readdir(path.join(bulkhead.profile, 'isolation'));
  expect(files.map((name) => path.extname(name)).sort()).toEqual(['.json', '.md']);
});

test('a saved run of the matrix is deleted on its page, and from the disk', async ({ launch, folder }) => {
  const profile = path.join(folder, 'profile');
  const isolation = path.join(profile, 'isolation');
  await mkdir(isolation, { recursive: true });
  const runtime = { bulkhead: '1', electron: '33', chromium: '130', node: '20' };
  for (const id of ['2026-11-28T00-00-00-000Z', '2026-11-27T00-00-00-000Z']) {
    const run = { id, startedAt: 1, endedAt: 2, runtime, baseline: [], cells: [] };
    await writeFile(path.join(isolation, `${id}.json`), JSON.stringify(run));
  }
  const bulkhead = await launch(['bulkhead://isolation'], { profile });
  const page = await bulkhead.page('bulkhead://isolation');
  const remove = page.getByRole('button', { name: /^Delete the run/ });
  await expect(remove).toHaveCount(2);
  await remove.first().click();
  await expect(remove).toHaveCount(1);
  expect(await readdir(isolation)).toHaveLength(1);
});

/** Returns every process that runs for a profile in this folder. */
async function runningIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const ours = await Promise.all(
    pids.map(async (pid) => (await isAlive(pid)) && (await commandLineOf(pid)).some((each) => each.includes(folder))),
  );
  return pids.filter((_pid, index) => ours[index]);
}

test('the victim browser of the matrix ends with the browser that started it, and the next start removes its profile', async ({
  launch,
  folder,
}) => {
  const bulkhead = await launch(['bulkhead://isolation']);
  const page = await bulkhead.page('bulkhead://isolation');
  await page.locator('[data-fault="browser-kill"]').click();
  const temporary = path.join(folder, 'temporary');
  const victim = async () => (await readdir(temporary)).find((name) => name.startsWith('bulkhead-victim-')) ?? '';
  await expect.poll(victim, { timeout: 30_000 }).not.toBe('');
  const broken = path.join(temporary, await victim());
  await expect.poll(() => runningIn(broken)).not.toEqual([]);
  process.kill(bulkhead.pid, 'SIGKILL');
  await expect.poll(() => runningIn(broken), { timeout: 30_000 }).toEqual([]);
  await launch([], { profile: bulkhead.profile });
  await expect.poll(victim).toBe('');
});

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { expect, test } from './test.ts';

test('when the browser’s own thread stands still, the log names the cause, and the window reports it afterwards', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'elsewhere there is no guard of the processes');
  const undriven = await launchUndriven([pages.counter('Alpha')]);
  const pipe = `${folder}/pipe`;
  execFileSync('mkfifo', [pipe]);
  // The pipe has no writer yet.
  const waiting = undriven.evaluate((_electron, file) => {
    process.getBuiltinModule('fs').readFileSync(file);
  }, pipe);
  try {
    await expect
      .poll(() => undriven.log, { timeout: 30_000 })
      .toMatch(/the browser's own thread has not answered for \d+ s: it waits in the kernel \(\w+\)/);
  } finally {
    // Else the browser could not be ended in order.
    await writeFile(pipe, '');
  }
  await waiting;
  await expect.poll(() => undriven.shellText(), { timeout: 30_000 }).toMatch(/Bulkhead did not answer for \d/);
});

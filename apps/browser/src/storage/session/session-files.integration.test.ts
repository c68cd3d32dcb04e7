import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionFiles } from './session-files.ts';

const writer = path.join(import.meta.dirname, 'testing/restless-writer.ts');

/**
 * Runs a writer until `states` states are on the disk, kills it `turns` turns later, and returns the last state it
 * reported.
 */
async function writeAndKill(folder: string, states: number, turns: number): Promise<number> {
  const child = fork(writer, [folder]);
  let last = 0;
  child.on('message', (number) => {
    last = Number(number);
  });
  for (let seen = 0; seen < states; seen++) await once(child, 'message');
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  child.kill('SIGKILL');
  // Messages under way are still delivered. The states that they report are on the disk, too.
  await once(child, 'close');
  return last;
}

test('whenever the writer is killed, the newest reported state is found, or the one after it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-session-'));
  try {
    const killing = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat({ max: 60 }));
    await fc.assert(
      fc.asyncProperty(killing, async ([states, turns]) => {
        const last = await writeAndKill(folder, states, turns);
        const { unclean, damaged } = new SessionFiles(folder).read();
        const found = Number(unclean?.windows[0]?.tabs[0]?.entries[0]?.title);
        expect(damaged).toBe(false);
        expect([last, last + 1]).toContain(found);
      }),
      { numRuns: 15 },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

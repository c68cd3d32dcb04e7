import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeChromiumLeftovers } from './chromium-leftovers.ts';

test('removes what Chromium has forgotten, and neither what is new nor what is not its own', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
  const [old, fresh, other] = ['.org.chromium.Chromium.aB3dE6', '.org.chromium.Chromium.aB3dE7', 'sem.aB3dE6'] as const;
  for (const name of [old, fresh, other]) writeFileSync(path.join(folder, name), '');
  const longAgo = Date.now() / 1000 - 3600;
  for (const name of [old, other]) utimesSync(path.join(folder, name), longAgo, longAgo);
  await removeChromiumLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual([fresh, other].sort());
  rmSync(folder, { recursive: true });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryLimit } from './memory-limit.ts';

const quarter = Math.floor(totalmem() / 1024 / 4);
let profile: string;

beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-limit-'));
});

afterEach(() => rm(profile, { recursive: true }));

async function loaded(): Promise<MemoryLimit> {
  const limit = new MemoryLimit(profile);
  await limit.load();
  return limit;
}

test("is a quarter of the machine's memory until a person chooses another", async () => {
  expect((await loaded()).describe()).toEqual({ limitKiB: quarter, defaultKiB: quarter, chosenKiB: null });
  await (await loaded()).choose(200_000);
  expect((await loaded()).describe()).toEqual({ limitKiB: 200_000, defaultKiB: quarter, chosenKiB: 200_000 });
  await (await loaded()).choose(null);
  expect((await loaded()).kiB).toBe(quarter);
});

test('takes what is damaged, or would leave no room for any page, for no choice', async () => {
  for (const text of ['', '{', '{"chosenKiB":"all"}', '{"chosenKiB":1}']) {
    await writeFile(path.join(profile, 'memory-limit.json'), text);
    expect((await loaded()).kiB).toBe(quarter);
  }
});

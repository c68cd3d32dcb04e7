import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFuses } from './fuses.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-fuses-'));
});

afterEach(() => rm(folder, { recursive: true }));

const mebibyte = 1024 * 1024;
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

async function withWire(at: number, wire: string, length = 3 * mebibyte): Promise<string> {
  const content = Buffer.alloc(length, 7);
  content.write(`${sentinel}${wire}`, at, 'latin1');
  const file = path.join(folder, 'executable');
  await writeFile(file, content.subarray(0, Math.min(length, at + sentinel.length + wire.length + 10)));
  return file;
}

test.each([0, 1, mebibyte - 40, mebibyte - 33, mebibyte - 1, mebibyte, 2 * mebibyte + 77])(
  'are found at any offset: %i',
  async (at) => {
    expect(await readFuses(await withWire(at, '\u0001\u000401r1'))).toEqual([
      { name: 'RunAsNode', isOn: false },
      { name: 'EnableCookieEncryption', isOn: true },
      { name: 'EnableNodeCliInspectArguments', isOn: true },
    ]);
  },
);

test('unknown to Bulkhead are named by their index', async () => {
  const wire = `\u0001\u000b${'0'.repeat(10)}1`;
  expect((await readFuses(await withWire(5, wire)))?.at(-1)).toEqual({ name: 'fuse 10', isOn: true });
});

test.each([
  ['another version', '\u0002\u00020'],
  ['an end too early', '\u0001\u00ff0'],
])('are unknown with %s', async (_what, wire) => {
  expect(await readFuses(await withWire(100, wire))).toBeNull();
});

test('are unknown without fuses or without a file', async () => {
  const file = path.join(folder, 'executable');
  await writeFile(file, Buffer.alloc(2 * mebibyte + 9));
  expect(await readFuses(file)).toBeNull();
  expect(await readFuses(path.join(folder, 'missing'))).toBeNull();
});

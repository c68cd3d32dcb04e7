import { mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { close, O_NONBLOCK, O_RDONLY } from '../posix/posix.ts';
import { mkfifo, O_WRONLY, open, pipe, pipeBytes, read, readBlocking, write, writeBlocking } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (from: Uint8Array) => new TextDecoder().decode(from);

it('joins data that is written to a pipe before it is read, and ends when the writer has closed', async () => {
  const [from, to] = pipe();
  expect(await write(to, bytes('one'))).toBe(3);
  expect(writeBlocking(to, bytes('two'))).toBe(3);
  expect(text(await read(from, 100))).toBe('onetwo');
  writeBlocking(to, bytes('three'));
  const room = new Uint8Array(8);
  expect(readBlocking(from, room)).toBe(5);
  expect(text(room.subarray(0, 5))).toBe('three');
  close(to);
  expect(await read(from, 100)).toHaveLength(0);
  expect(readBlocking(from, new Uint8Array(1))).toBe(0);
  close(from);
});

it('waits, off the event loop, while a pipe is empty or full', async () => {
  const [from, to] = pipe();
  const early = read(from, 10);
  await write(to, bytes('late'));
  expect(text(await early)).toBe('late');
  let written = false;
  const room = pipeBytes(to);
  const writing = write(to, new Uint8Array(room + 1)).then(() => {
    written = true;
  });
  await expect.poll(() => readBlocking(from, new Uint8Array(1)), { interval: 1 }).toBe(1); // the write has begun
  expect(written).toBe(false);
  for (let left = room; left > 0; ) left -= (await read(from, room)).length;
  await writing;
  close(from);
  await expect(write(to, bytes('nobody'))).rejects.toMatchObject({ name: 'PosixError', call: 'write', code: 'EPIPE' });
  close(to);
});

it('opens a FIFO once its other side opens it', async () => {
  const name = path.join(folder, 'fifo');
  mkfifo(name, 0o600);
  await expect(open(name, O_WRONLY | O_NONBLOCK)).rejects.toMatchObject({ code: 'ENXIO' });
  const [from, to] = await Promise.all([open(name, O_RDONLY), open(name, O_WRONLY)]);
  unlinkSync(name);
  await write(to, bytes('by name'));
  expect(text(await read(from, 100))).toBe('by name');
  close(from);
  close(to);
  expect(() => mkfifo(path.join(folder, 'no', 'fifo'), 0o600)).toThrow(
    expect.objectContaining({ name: 'PosixError', call: 'mkfifo', code: 'ENOENT' }),
  );
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionFiles } from './session-files.ts';
import { SessionWriter } from './session-writer.ts';

const session = (title: string) => ({
  windows: [{ activeTab: 0, tabs: [{ pinned: false, activeEntry: 0, entries: [{ address: 'about:blank', title }] }] }],
});

let folder: string;
let title: string | undefined;
let writer: SessionWriter;
const onDisk = () => new SessionFiles(folder).read();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-session-'));
  title = undefined;
  writer = newWriter(new SessionFiles(folder));
});
afterEach(async () => {
  title = undefined;
  writer.finish(false);
  await rm(folder, { recursive: true });
});

const newWriter = (files: Pick<SessionFiles, 'write' | 'writeSync'>) =>
  new SessionWriter({ files, body: () => (title === undefined ? undefined : JSON.stringify(session(title))) });

function change(to: string): void {
  title = to;
  writer.changed();
}

const seen = (expected: string) =>
  vi.waitFor(() => expect(onDisk()).toMatchObject({ broken: session(expected) }), { interval: 10 });

test('a change is on the disk within a second, and so is each that follows', async () => {
  for (const next of ['one', 'two', 'three']) {
    const changedAt = performance.now();
    change(next);
    await seen(next);
    expect(performance.now() - changedAt).toBeLessThan(1000);
  }
});

test('a storm of changes is written a few times, and its end is what stays', async () => {
  const write = vi.fn(async (_state: { body: string }) => undefined);
  writer = newWriter({ write, writeSync: () => undefined });
  const stop = setInterval(() => change(`${Number(title ?? 0) + 1}`), 5);
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(3), { timeout: 5000 });
  clearInterval(stop);
  expect(Number(title)).toBeGreaterThan(30);
  const last = JSON.stringify(session(title ?? ''));
  await vi.waitFor(() => expect(write).toHaveBeenLastCalledWith({ clean: false, body: last }));
});

test('a session that is the same as the one on the disk is not written again', async () => {
  const write = vi.fn(async () => undefined);
  writer = newWriter({ write, writeSync: () => undefined });
  change('same');
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(1));
  change('same');
  change('same');
  change('other');
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2));
  expect(write).toHaveBeenLastCalledWith({ clean: false, body: JSON.stringify(session('other')) });
});

test('a change that comes while the one before is being written is written next', async () => {
  const { promise: disk, resolve: writeIt } = Promise.withResolvers<void>();
  const write = vi.fn((_state: { body: string }) => disk);
  writer = newWriter({ write, writeSync: () => undefined });
  change('slow');
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(1));
  change('next');
  change('last');
  expect(write).toHaveBeenCalledTimes(1);
  writeIt();
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2));
  expect(write).toHaveBeenLastCalledWith({ clean: false, body: JSON.stringify(session('last')) });
});

test('the last state is on the disk when it returns, as the person ended it, and nothing is written after it', async () => {
  change('first');
  await seen('first');
  title = 'last';
  writer.finish(true);
  expect(onDisk()).toMatchObject({ ended: JSON.stringify(session('last')), damaged: false });
  change('too late');
  writer.finish(false);
  expect(onDisk()).toMatchObject({ ended: JSON.stringify(session('last')) });
});

test('with nothing to be kept nothing is written', async () => {
  writer.changed();
  writer.finish(true);
  expect(onDisk()).toEqual({ broken: undefined, ended: undefined, damaged: false });
});

test('a session that cannot be saved is said once, is tried again, and is said again when it can be', async () => {
  const problems: (string | null)[] = [];
  writer.on('problem', (problem) => problems.push(problem));
  const inTheWay = path.join(folder, 'unfinished');
  await mkdir(inTheWay);
  change('one');
  await vi.waitFor(() => expect(problems).toHaveLength(1));
  expect(problems).toEqual([expect.stringContaining('EISDIR')]);
  expect(writer.problem).toBe(problems[0]);
  const attempt = vi.spyOn(SessionFiles.prototype, 'write');
  change('two');
  await vi.waitFor(() => expect(attempt).toHaveBeenCalled());
  attempt.mockRestore();
  await rm(inTheWay, { recursive: true });
  change('three');
  await seen('three');
  await vi.waitFor(() => expect(writer.problem).toBeNull());
  expect(problems).toEqual([expect.stringContaining('EISDIR'), null]);
});

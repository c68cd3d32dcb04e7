import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { blockPlace } from '../files/testing/block-place.ts';
import type { SavedTab } from './saved-session.ts';
import { SessionFile } from './session-file.ts';
import { SessionFiles } from './session-files.ts';
import { type RecordedTab, SessionRecorder } from './session-recorder.ts';
import { SessionWriter } from './session-writer.ts';

class TabOfTest implements RecordedTab {
  readonly pinned = false;
  readonly address = 'https://example.org/';
  historyVersion = 0;
  readonly id: number;
  title: string;
  constructor(id: number, title: string) {
    this.id = id;
    this.title = title;
  }
  saved(): SavedTab {
    return { pinned: false, activeEntry: 0, entries: [{ address: this.address, title: this.title }] };
  }
}

class StripOfTest extends EventEmitter<{ changed: [TabOfTest?]; added: [TabOfTest]; activated: [TabOfTest] }> {
  kept: TabOfTest[] = [];
  active: TabOfTest | undefined;
}

let folder: string;
let strip: StripOfTest;
let writer: SessionWriter;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-session-'));
  strip = new StripOfTest();
  writer = newWriter();
});
afterEach(async () => {
  vi.restoreAllMocks();
  writer.finish(false);
  await rm(folder, { recursive: true });
});

function newWriter(): SessionWriter {
  const created = new SessionWriter({ files: new SessionFiles(folder), recorder: new SessionRecorder(strip) });
  strip.on('changed', () => created.changed());
  return created;
}

/** Changes the title of the first tab. */
function change(title: string): void {
  const [tab] = strip.kept;
  if (tab) tab.title = title;
  else strip.kept.push(new TabOfTest(1, title));
  strip.emit('changed', tab);
}

const onDisk = () => {
  const { unclean, ended, damaged } = new SessionFiles(folder).read();
  return { unclean: titlesOf(unclean), ended: titlesOf(ended?.()), damaged };
};
const titlesOf = (session: ReturnType<SessionFiles['read']>['unclean']) =>
  session?.windows[0]?.tabs.map(({ entries }) => entries[0]?.title);
const seen = (...titles: string[]) => vi.waitFor(() => expect(onDisk().unclean).toEqual(titles), { interval: 10 });

test('a change is soon on the disk, and so is each that follows', async () => {
  for (const next of ['one', 'two', 'three']) {
    change(next);
    await seen(next);
  }
  expect(await readdir(folder), 'changes are appended to the existing file').toEqual(['odd']);
});

test('many fast changes are written a few times, and the last state stays', async () => {
  change('0');
  await seen('0');
  const append = vi.spyOn(SessionFile.prototype, 'append');
  let count = 0;
  const stop = setInterval(() => change(`${++count}`), 5);
  await vi.waitFor(() => expect(append).toHaveBeenCalledTimes(3), { timeout: 20_000 });
  clearInterval(stop);
  expect(count).toBeGreaterThan(30);
  await seen(`${count}`);
});

test('does not write what is already on the disk', async () => {
  change('same');
  await seen('same');
  const append = vi.spyOn(SessionFile.prototype, 'append');
  change('same');
  change('same');
  change('other');
  await seen('other');
  expect(append).toHaveBeenCalledTimes(1);
});

test('a change during a write is written next', async () => {
  change('first');
  await seen('first');
  const { promise: disk, resolve: writeIt } = Promise.withResolvers<void>();
  const append = vi.spyOn(SessionFile.prototype, 'append').mockImplementationOnce(() => disk);
  change('slow');
  await vi.waitFor(() => expect(append).toHaveBeenCalledTimes(1));
  change('next');
  change('last');
  expect(append).toHaveBeenCalledTimes(1);
  writeIt();
  await seen('last');
});

test('many changes start a new file, and the old one stays until the new one is whole', async () => {
  for (let id = 1; id <= 200; id++) strip.kept.push(new TabOfTest(id, 'x'.repeat(500)));
  strip.emit('changed');
  await vi.waitFor(() => expect(onDisk().unclean).toHaveLength(200));
  const publish = vi.spyOn(SessionFiles.prototype, 'publish');
  for (let round = 0; publish.mock.calls.length === 0; round++) {
    for (const tab of strip.kept) {
      tab.title = `${round} ${'y'.repeat(900)}`;
      strip.emit('changed', tab);
    }
    await vi.waitFor(() => expect(onDisk().unclean?.every((title) => title?.startsWith(`${round} `))).toBe(true), {
      timeout: 20_000,
    });
    expect(onDisk().damaged).toBe(false);
  }
  expect((await readdir(folder)).sort()).toEqual(['even', 'odd']);
  change('after it');
  await vi.waitFor(() => expect(onDisk().unclean?.[0]).toBe('after it'));
});

test('finish leaves the last state on the disk, marked as ended by the user, and nothing is written after it', async () => {
  change('first');
  await seen('first');
  change('last');
  writer.finish(true);
  expect(onDisk()).toEqual({ unclean: undefined, ended: ['last'], damaged: false });
  change('too late');
  writer.finish(false);
  expect(onDisk().ended).toEqual(['last']);
});

test('the last state is on the disk when nothing was written before, and also during a write', async () => {
  change('at once');
  writer.finish(false);
  expect(onDisk().unclean).toEqual(['at once']);

  writer = newWriter();
  change('first');
  const create = vi.spyOn(SessionFiles.prototype, 'create');
  await vi.waitFor(() => expect(create).toHaveBeenCalled());
  change('last');
  writer.finish(true);
  expect(onDisk().ended).toEqual(['last']);
});

test('the session stays the same while the window removes its tabs', async () => {
  change('one');
  strip.kept.push(new TabOfTest(2, 'two'));
  strip.emit('changed');
  await seen('one', 'two');
  change('last');
  writer.freeze();
  strip.kept.shift();
  strip.emit('changed');
  writer.finish(true);
  expect(onDisk().ended).toEqual(['last', 'two']);
});

test('writes nothing when there is nothing to save', async () => {
  writer.changed();
  writer.finish(true);
  expect(onDisk()).toEqual({ unclean: undefined, ended: undefined, damaged: false });
  expect(await readdir(folder)).toEqual([]);
});

test('a failing save is reported once, retried, and reported again when it works', async () => {
  const problems: (string | null)[] = [];
  writer.on('problem', (problem) => problems.push(problem));
  const unblock = blockPlace(path.join(folder, 'unfinished'));
  change('one');
  await vi.waitFor(() => expect(problems).toHaveLength(1));
  expect(problems).toEqual([expect.stringContaining('ENOTEMPTY')]);
  expect(writer.problem).toBe(problems[0]);
  const attempt = vi.spyOn(SessionFiles.prototype, 'create');
  change('two');
  await vi.waitFor(() => expect(attempt).toHaveBeenCalled());
  unblock();
  change('three');
  await seen('three');
  await vi.waitFor(() => expect(writer.problem).toBeNull());
  expect(problems).toEqual([expect.stringContaining('ENOTEMPTY'), null]);
});

test('after a failed write, the whole session goes into a new file', async () => {
  change('one');
  await seen('one');
  vi.spyOn(SessionFile.prototype, 'append').mockRejectedValueOnce(new Error('ENOSPC: no space left'));
  change('lost on its way');
  await vi.waitFor(() => expect(writer.problem).toContain('ENOSPC'));
  change('two');
  await seen('two');
  expect((await stat(path.join(folder, 'even'))).size).toBeGreaterThan(0);
});

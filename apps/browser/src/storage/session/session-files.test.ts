import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { blockPlace } from '../files/testing/block-place.ts';
import { headerLine, recordLine, type SessionRecord } from './generation.ts';
import type { SessionFile } from './session-file.ts';
import { SessionFiles } from './session-files.ts';
import { recordOfTabs, sessionOfTabs, writeWhole } from './testing/sessions.ts';

let root: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'bulkhead-session-'));
});
afterAll(() => rm(root, { recursive: true }));

const open: SessionFile[] = [];
afterEach(async () => {
  for (const file of open.splice(0)) await file.close();
});

async function begin(files: SessionFiles): Promise<SessionFile> {
  const file = await files.create();
  open.push(file);
  return file;
}

async function write(files: SessionFiles, record: SessionRecord): Promise<SessionFile> {
  const file = await writeWhole(files, record);
  open.push(file);
  return file;
}

const newFolder = () => path.join(root, String(count++));

function reopen(folder: string) {
  const files = new SessionFiles(folder);
  return { files, ...files.read() };
}

/** Returns what a start would find. */
function found(folder: string) {
  const { unclean, ended, damaged } = new SessionFiles(folder).read();
  return { unclean, ended: ended?.(), damaged };
}
const unclean = (...titles: string[]) => ({ unclean: sessionOfTabs(...titles), ended: undefined, damaged: false });
const damaged = (...titles: string[]) => ({ ...unclean(...titles), damaged: true });

/** Creates a folder with two generations. */
async function twoGenerations() {
  const folder = newFolder();
  const { files } = reopen(folder);
  await write(files, recordOfTabs('before'));
  const file = await write(files, recordOfTabs('newest'));
  return { folder, files, file, newest: path.join(folder, 'even') };
}

test('finds nothing in an empty folder, and creates nothing', async () => {
  const folder = newFolder();
  expect(found(folder)).toEqual({ unclean: undefined, ended: undefined, damaged: false });
  await expect(stat(folder)).rejects.toThrow('ENOENT');
});

test('finds the last state, and whether the session was ended', async () => {
  const { folder, file } = await twoGenerations();
  expect(found(folder)).toEqual(unclean('newest'));
  await file.append(recordOfTabs('changed', 'opened'));
  expect(found(folder)).toEqual(unclean('changed', 'opened'));
  file.endSync([recordOfTabs('last')], 'clean');
  expect(found(folder)).toEqual({ unclean: undefined, ended: sessionOfTabs('last'), damaged: false });
  const next = reopen(folder);
  await write(next.files, recordOfTabs('next'));
  expect(found(folder)).toEqual(unclean('next'));
  next.files.writeSync([recordOfTabs('at the very end')], 'unclean');
  expect(found(folder)).toEqual(unclean('at the very end'));
});

test('does not find a generation that is not whole yet', async () => {
  const { folder, files } = await twoGenerations();
  const file = await begin(files);
  await file.write(recordOfTabs('unfinished'));
  expect(found(folder)).toEqual(unclean('newest'));
  await files.publish(file);
  expect(found(folder)).toEqual(unclean('unfinished'));
});

test('leaves two files that no other user can read, and no unfinished file', async () => {
  const { folder, files } = await twoGenerations();
  files.writeSync([recordOfTabs('last')], 'clean');
  expect((await readdir(folder)).sort()).toEqual(['even', 'odd']);
  for (const file of ['even', 'odd']) expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('falls back to the generation before, and says so, wherever the newest file was cut off', async () => {
  const { folder, newest } = await twoGenerations();
  const whole = await readFile(newest);
  for (let length = whole.length - 1; length >= 0; length--) {
    await truncate(newest, length);
    expect(found(folder)).toEqual(damaged('before'));
  }
  await writeFile(newest, whole);
  expect(found(folder)).toEqual(unclean('newest'));
});

test('a change cut off at any byte loses nothing older, and the next start writes a whole generation', async () => {
  const { folder, file, newest } = await twoGenerations();
  const whole = (await readFile(newest)).length;
  await file.append(recordOfTabs('changed'));
  const changed = await readFile(newest);
  for (let length = whole; length < changed.length; length++) {
    await writeFile(newest, changed.subarray(0, length));
    expect(found(folder)).toEqual(unclean('newest'));
  }
  await write(reopen(folder).files, recordOfTabs('after'));
  expect(found(folder)).toEqual(unclean('after'));
});

test('a generation cut off at any byte while it was written loses nothing older', async () => {
  const { folder, files, newest } = await twoGenerations();
  const next = await readFile(newest);
  for (let length = 0; length <= next.length; length++) {
    await writeFile(path.join(folder, 'unfinished'), next.subarray(0, length));
    await writeFile(path.join(folder, 'unfinished-last'), next.subarray(0, length));
    expect(found(folder)).toEqual(unclean('newest'));
  }
  await write(files, recordOfTabs('after'));
  expect(found(folder)).toEqual(unclean('after'));
});

test('falls back wherever one byte of the newest file is changed', async () => {
  const { folder, file, newest } = await twoGenerations();
  const wholeLength = (await readFile(newest)).length;
  await file.append(recordOfTabs('changed'));
  file.endSync([], 'clean');
  const whole = await readFile(newest);
  for (const index of whole.keys()) {
    const changed = Buffer.from(whole);
    changed[index] = (changed[index] ?? 0) ^ 1;
    await writeFile(newest, changed);
    const { unclean: session } = found(folder);
    if (index < wholeLength) expect(session).toEqual(sessionOfTabs('before'));
    else expect([sessionOfTabs('newest'), sessionOfTabs('changed')]).toContainEqual(session);
  }
});

test('opens the tabs of an ended session when a damaged file may have been newer', async () => {
  const { folder, files } = await twoGenerations();
  files.writeSync([recordOfTabs('ended')], 'clean');
  await writeFile(path.join(folder, 'even'), 'no longer a state');
  expect(found(folder)).toEqual(damaged('ended'));
});

test('with both files damaged it finds nothing, says so, and starts writing again', async () => {
  const folder = newFolder();
  await mkdir(folder);
  await mkdir(path.join(folder, 'even'));
  await writeFile(path.join(folder, 'odd'), Buffer.alloc(100));
  const { files } = reopen(folder);
  expect(found(folder)).toEqual({ unclean: undefined, ended: undefined, damaged: true });
  await write(files, recordOfTabs('again'));
  expect(found(folder)).toEqual(unclean('again'));
  expect((await readdir(folder)).sort()).toEqual(['even.unread', 'odd', 'odd.unread']);
});

test('skips a generation whose content is not a session', async () => {
  const { folder, files } = await twoGenerations();
  await write(files, { tabs: [[1, {} as never]], order: [1] });
  expect(found(folder)).toEqual(damaged('newest'));
});

test('a failed write rejects, and the earlier state is still there', async () => {
  const { folder, files } = await twoGenerations();
  const unblock = blockPlace(path.join(folder, 'unfinished'));
  await expect(files.create()).rejects.toThrow('ENOTEMPTY');
  expect(found(folder)).toEqual(unclean('newest'));
  unblock();
  await write(files, recordOfTabs('again'));
  expect(found(folder)).toEqual(unclean('again'));
});

test('the end stays on the disk, whatever was being written when it came', async () => {
  const turns = fc.nat({ max: 40 });
  const way = fc.constantFrom('change', 'generation');
  await fc.assert(
    fc.asyncProperty(fc.string(), way, turns, async (last, underWay, count) => {
      const { folder, files, file } = await twoGenerations();
      const next = await begin(files);
      await next.write(recordOfTabs('under way'));
      const writing = underWay === 'change' ? file.append(recordOfTabs('under way')) : files.publish(next);
      for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
      for (const each of [file, next]) each.endSync([recordOfTabs(last)], 'unclean');
      const atTheEnd = found(folder);
      expect(atTheEnd).toEqual(unclean(last));
      await writing;
      expect(found(folder)).toEqual(atTheEnd);
    }),
    { numRuns: 25 },
  );
});

const headerOf = (version: number) => `${JSON.stringify({ format: 'bulkhead session', version, generation: 7 })}\n`;

test('a session of a newer version is set aside whole, and its number is not reused', async () => {
  const folder = newFolder();
  await mkdir(folder);
  for (const name of ['even', 'odd']) await writeFile(path.join(folder, name), `${headerOf(3)}${name}`);
  const { files } = reopen(folder);
  await write(files, recordOfTabs('ours'));
  files.writeSync([recordOfTabs('ours, ended')], 'clean');
  for (const name of ['even', 'odd'])
    expect(await readFile(path.join(folder, `${name}.unread`), 'utf8')).toBe(`${headerOf(3)}${name}`);
  expect(found(folder)).toEqual({ unclean: undefined, ended: sessionOfTabs('ours, ended'), damaged: false });
});

test.each([
  ['the last there is', 2 ** 32 - 1],
  ['the one before', 2 ** 32 - 2],
  ['half way round', 2 ** 31],
])('generations after number %s are found', async (_name, number) => {
  const folder = newFolder();
  await mkdir(folder);
  const lines = [
    headerLine(number),
    recordLine(number, '-', recordOfTabs('of the future')),
    recordLine(number, '=', {}),
  ];
  await writeFile(path.join(folder, number % 2 === 0 ? 'even' : 'odd'), lines.join(''));
  expect(found(folder)).toEqual(unclean('of the future'));
  for (const title of ['one', 'two', 'three']) {
    await write(reopen(folder).files, recordOfTabs(title));
    expect(found(folder)).toEqual(unclean(title));
  }
});

test('a generation whose number is out of range is set aside', async () => {
  const folder = newFolder();
  await mkdir(folder);
  for (const number of [2 ** 32, Number.MAX_SAFE_INTEGER, 1e300]) {
    const lines = [headerLine(number), recordLine(number, '=', recordOfTabs('beyond'))];
    await writeFile(path.join(folder, 'odd'), lines.join(''));
    await write(reopen(folder).files, recordOfTabs(String(number)));
    expect(found(folder)).toEqual(unclean(String(number)));
  }
  expect((await readdir(folder)).filter((name) => name.includes('.unread'))).toHaveLength(3);
});

test('a session of another version is set aside, and found again by a start that can read it, until it is dismissed', async () => {
  const { folder, newest } = await twoGenerations();
  const change = async (file: string, from: string, to: string) =>
    writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  for (const file of [newest, path.join(folder, 'odd')]) await change(file, '"version":2', '"version":3');
  const older = reopen(folder);
  expect(older).toMatchObject({ unclean: undefined, damaged: true, aside: undefined });
  expect(older.unread.map(({ file }) => path.basename(file)).sort()).toEqual(['even', 'odd']);
  await write(older.files, recordOfTabs('of the older version'));
  expect(reopen(folder).aside).toBeUndefined();

  for (const name of ['even', 'odd']) await change(path.join(folder, `${name}.unread`), '"version":3', '"version":2');
  expect(reopen(folder)).toMatchObject({ unclean: sessionOfTabs('of the older version'), damaged: false });
  const { files, aside } = reopen(folder);
  expect(aside?.windows).toHaveLength(1);
  files.leaveAside();
  expect(reopen(folder).aside).toBeUndefined();
  expect((await readdir(folder)).sort()).toEqual(expect.arrayContaining(['even.read', 'odd.read']));
});

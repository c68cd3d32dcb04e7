import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SessionFiles } from './session-files.ts';

let root: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'bulkhead-session-'));
});
afterAll(() => rm(root, { recursive: true }));

const newFolder = () => path.join(root, String(count++));

/** A session of one tab that has this title. */
const session = (title: string) => ({
  windows: [{ activeTab: 0, tabs: [{ pinned: false, activeEntry: 0, entries: [{ address: 'about:blank', title }] }] }],
});
const body = (title: string) => JSON.stringify(session(title));

function reopen(folder: string) {
  const files = new SessionFiles(folder);
  return { files, ...files.read() };
}

test('finds nothing where nothing was written, and makes nothing', async () => {
  const folder = newFolder();
  expect(new SessionFiles(folder).read()).toEqual({ broken: undefined, ended: undefined, damaged: false });
  await expect(stat(folder)).rejects.toThrow('ENOENT');
});

test('finds what was written last, as ended or not', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  for (const title of ['one', 'two', 'three']) {
    await files.write({ clean: false, body: body(title) });
    expect(new SessionFiles(folder).read()).toMatchObject({ broken: session(title), damaged: false });
  }
  files.writeSync({ clean: true, body: body('four') });
  expect(new SessionFiles(folder).read()).toEqual({ broken: undefined, ended: body('four'), damaged: false });
  const next = reopen(folder);
  await next.files.write({ clean: false, body: body('five') });
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('five') });
});

test('leaves two files that nobody else can read, and nothing unfinished', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('one') });
  files.writeSync({ clean: false, body: body('two') });
  expect((await readdir(folder)).sort()).toEqual(['even', 'odd']);
  for (const file of ['even', 'odd']) expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('falls back to the state before, and says so, wherever the newest file was cut off', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('before') });
  await files.write({ clean: false, body: body('newest') });
  const newest = path.join(folder, 'even');
  const whole = await readFile(newest);
  for (let length = whole.length - 1; length >= 0; length--) {
    await truncate(newest, length);
    expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('before'), damaged: true });
  }
  await writeFile(newest, whole);
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('newest'), damaged: false });
});

test('falls back wherever a byte of the newest file is another', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('before') });
  await files.write({ clean: true, body: body('newest') });
  const newest = path.join(folder, 'even');
  const whole = await readFile(newest);
  for (const index of whole.keys()) {
    const changed = Buffer.from(whole);
    changed[index] = (changed[index] ?? 0) ^ 1;
    await writeFile(newest, changed);
    expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('before'), damaged: true });
  }
});

test('a write that was cut off at any byte loses nothing older, and the next one is whole', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('before') });
  await files.write({ clean: false, body: body('newest') });
  const next = await readFile(path.join(folder, 'even'));
  for (let length = 0; length <= next.length; length++) {
    await writeFile(path.join(folder, 'unfinished'), next.subarray(0, length));
    await writeFile(path.join(folder, 'unfinished-last'), next.subarray(0, length));
    expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('newest'), damaged: false });
  }
  await files.write({ clean: false, body: body('after') });
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('after'), damaged: false });
});

test('opens the tabs of an ended session when a damaged file may have been newer', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('one') });
  files.writeSync({ clean: true, body: body('ended') });
  await writeFile(path.join(folder, 'odd'), 'no longer a state');
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('ended'), damaged: true });
});

test('with both files damaged there is nothing, which is said, and writing begins anew', async () => {
  const folder = newFolder();
  await mkdir(folder);
  await mkdir(path.join(folder, 'even'));
  await writeFile(path.join(folder, 'odd'), Buffer.alloc(100));
  const { files, ...found } = reopen(folder);
  expect(found).toEqual({ broken: undefined, ended: undefined, damaged: true });
  await files.write({ clean: false, body: body('anew') });
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('anew'), damaged: true });
});

test('a state whose body is no session of ours is passed by', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('good') });
  await files.write({ clean: false, body: '{"windows":"many"}' });
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('good'), damaged: true });
});

test('what cannot be written rejects, and what was there is still there', async () => {
  const folder = newFolder();
  const { files } = reopen(folder);
  await files.write({ clean: false, body: body('kept') });
  // A folder in the way, because root may write wherever files are only read-only.
  await mkdir(path.join(folder, 'unfinished'));
  await expect(files.write({ clean: false, body: body('lost') })).rejects.toThrow('EISDIR');
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('kept'), damaged: false });
  await rm(path.join(folder, 'unfinished'), { recursive: true });
  await chmod(folder, 0o700);
  await files.write({ clean: false, body: body('again') });
  expect(new SessionFiles(folder).read()).toMatchObject({ broken: session('again') });
});

test('the last state is the newest, whatever was being written when it came', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string(), { maxLength: 4 }),
      fc.string(),
      fc.nat({ max: 40 }),
      async (titles, last, turns) => {
        const folder = newFolder();
        const { files } = reopen(folder);
        for (const title of titles) await files.write({ clean: false, body: body(title) });
        const underWay = files.write({ clean: false, body: body('under way') });
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        files.writeSync({ clean: false, body: body(last) });
        const found = new SessionFiles(folder).read();
        expect(found).toMatchObject({ broken: session(last), damaged: false });
        await underWay;
        expect(new SessionFiles(folder).read()).toEqual(found);
      },
    ),
    { numRuns: 15 },
  );
});

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepLogIn, log } from '../../log/log.ts';
import { lineOf } from '../../log/log-line.ts';
import { ProfileTroubles } from '../files/profile-troubles.ts';
import { blockPlace } from '../files/testing/block-place.ts';
import { LogFile } from './log-file.ts';

let folder: string;
let file: string;
let troubles: ProfileTroubles;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-log-'));
  file = path.join(folder, 'log', 'bulkhead.log');
  troubles = new ProfileTroubles();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function open(): LogFile {
  const logFile = new LogFile({ path: file, troubles });
  keepLogIn(logFile);
  return logFile;
}
const lines = async (name = file) => (await readFile(name, 'utf8')).split('\n').slice(0, -1);
const texts = async (logFile: LogFile) => (await logFile.read()).entries.map(({ text }) => text);
const kibibyte = 'x'.repeat(1024);
const addKibibytes = (count: number, logFile: LogFile) => {
  for (let each = 0; each < count; each++) logFile.add(lineOf(new Date(), 'info', 'tab 1', kibibyte));
};

test('lines are written in their order, after the start has let them, and are shown newest first', async () => {
  const logFile = open();
  log.info('one');
  expect(await readdir(folder)).toEqual([]);
  logFile.begin();
  log.info('two');
  await expect.poll(() => texts(logFile)).toEqual(['two', 'one']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const next = open();
  next.begin();
  log.info('three');
  await expect.poll(() => texts(next)).toEqual(['three', 'two', 'one']);
});

test('what waits is on the disk before the app ends, even before the start has let it', async () => {
  const logFile = open();
  log.info('one');
  logFile.writeNow();
  log.info('two');
  logFile.writeNow();
  expect((await lines()).map((line) => line.split(': ')[1])).toEqual(['one', 'two']);
});

test('a page that reads the log hears of each new line, and nobody reads the file otherwise', async () => {
  const logFile = open();
  logFile.begin();
  const changed = vi.fn();
  logFile.on('changed', changed);
  log.info('one');
  await expect.poll(() => changed.mock.calls.length).toBe(1);
  expect(await texts(logFile)).toEqual(['one']);
});

test('a full file is followed by a new one, and two earlier ones are kept', async () => {
  const logFile = open();
  logFile.begin();
  const names = ['bulkhead.log', 'bulkhead.log.1', 'bulkhead.log.2'];
  for (let round = 0; round < 20; round++) {
    addKibibytes(200, logFile);
    log.info(`round ${round}`);
    await expect.poll(async () => (await texts(logFile))[0]).toBe(`round ${round}`);
  }
  expect((await readdir(path.dirname(file))).sort()).toEqual(names);
  for (const name of names)
    expect((await stat(path.join(path.dirname(file), name))).size).toBeLessThanOrEqual(1024 * 1024);
  const next = open();
  next.begin();
  addKibibytes(200, next);
  log.info('the size of an earlier run counts');
  await expect.poll(async () => (await texts(next))[0]).toBe('the size of an earlier run counts');
  expect((await stat(file)).size).toBeLessThanOrEqual(1024 * 1024);
});

test('the lines before a new file are shown with those in it', async () => {
  mkdirSync(path.dirname(file));
  const old = Array.from({ length: 300 }, (_, index) => lineOf(new Date(), 'info', 'tab 1', `old ${index}`));
  await writeFile(`${file}.1`, `${old.join('\n')}\n`);
  const logFile = open();
  log.info('new');
  logFile.writeNow();
  const shown = await texts(logFile);
  expect(shown).toHaveLength(200);
  expect(shown.slice(0, 2)).toEqual(['new', 'old 299']);
});

test('lines that wait are bounded, and the log says how many are lost', async () => {
  const logFile = open();
  addKibibytes(400, logFile);
  logFile.begin();
  await expect.poll(async () => (await texts(logFile))[0]).toMatch(/^1\d\d lines of the log .* are lost$/);
});

test('a file that cannot be written is reported once, and delays and throws nothing; later lines are kept', async () => {
  const unblock = blockPlace(file);
  const began: string[] = [];
  troubles.on('began', ({ kind }) => began.push(kind));
  const logFile = open();
  logFile.begin();
  log.info('lost');
  await expect.poll(() => began).toEqual(['unread', 'unwritten']);
  for (let round = 0; round < 3; round++) {
    const changed = new Promise((resolve) => logFile.once('changed', () => resolve(undefined)));
    log.info('lost, too');
    await changed;
  }
  logFile.writeNow();
  expect(began).toEqual(['unread', 'unwritten']);
  unblock();
  log.info('kept');
  await expect.poll(async () => (await texts(logFile)).join('\n')).toContain('are lost');
  expect((await texts(logFile)).at(-1)).toBe('kept');
  expect(troubles.all.filter(({ kind }) => kind === 'unwritten')).toEqual([]);
});

test('things in the place of earlier files stop no new file, and are kept', async () => {
  mkdirSync(`${file}.2/mine`, { recursive: true });
  execFileSync('mkfifo', [`${file}.1`]);
  await writeFile(file, 'x'.repeat(1024 * 1024));
  const logFile = open();
  logFile.begin();
  log.info('one');
  await expect.poll(() => texts(logFile)).toEqual(['one']);
  expect((await readdir(path.dirname(file))).sort()).toEqual(
    ['', '.1', '.2', '.2.unread'].map((ending) => `bulkhead.log${ending}`),
  );
  expect((await stat(`${file}.2`)).isFIFO()).toBe(true);
});

test('a line that was cut off by a kill does not take the next one with it', async () => {
  mkdirSync(path.dirname(file));
  await writeFile(file, lineOf(new Date(), 'info', 'tab 1', 'cut'));
  const logFile = open();
  logFile.begin();
  log.info('whole');
  await expect.poll(() => texts(logFile)).toEqual(['whole', 'cut']);
});

test.each<[string, (place: string) => unknown, string | null]>([
  ['a pipe', (place) => execFileSync('mkfifo', [place]), 'no-file'],
  ['a folder', (place) => mkdirSync(place), 'no-file'],
  ['an empty file', (place) => writeFile(place, ''), null],
  ['a file of another program', (place) => writeFile(place, Buffer.alloc(100_000, '\0\n')), null],
])('%s in its place is read without waiting', async (_thing, put, unread) => {
  mkdirSync(path.dirname(file));
  await put(file);
  expect(await open().read()).toEqual({ entries: [], unread });
});

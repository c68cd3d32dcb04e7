import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProfileTroubles } from '../files/profile-troubles.ts';
import { History } from './history.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-history-'));
  file = path.join(folder, 'history', 'visits.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

const open = (options = {}) => new History({ file, keeps: () => true, troubles: new ProfileTroubles(), ...options });
const all = { text: '', before: null };
const titles = async (history: History, query = {}) =>
  (await history.find({ ...all, ...query })).visits.map(({ title }) => title);

test('visits are kept for the next run, newest first, in a file that only its owner can read', async () => {
  const first = open();
  for (const name of ['One', 'Two']) first.add(`https://example.org/${name}`, name);
  await first.flush();
  const second = open();
  second.add('https://example.org/Three', 'Three');
  expect(await titles(second)).toEqual(['Three', 'Two', 'One']);
  await second.flush();
  expect(await titles(open())).toEqual(['Three', 'Two', 'One']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a title that arrives late is kept, whether or not the visit was already written', async () => {
  const history = open();
  const early = history.add('https://example.org/a', '');
  early?.('Early');
  const late = history.add('https://example.org/b', '');
  await history.flush();
  late?.('Late');
  await history.flush();
  expect(await titles(open())).toEqual(['Late', 'Early']);
});

test('a cut-off or damaged line loses only its own visit, wherever the cut is', async () => {
  const history = open();
  for (const name of ['One', 'Two']) history.add(`https://example.org/${name}`, name);
  await history.flush();
  const whole = await readFile(file, 'utf8');
  for (let end = 0; end <= whole.length; end++) {
    await writeFile(file, whole.slice(0, end));
    const after = open();
    after.add('https://example.org/Three', 'Three');
    await after.flush();
    const kept = await titles(open());
    expect(kept[0]).toBe('Three');
    expect(['Two,One', 'One', '']).toContain(kept.slice(1).join());
  }
  await appendFile(file, '\n{"at":-1}\nnoise\n');
  expect((await titles(open()))[0]).toBe('Three');
});

test('deletes one visit or all, also from the disk', async () => {
  const history = open();
  for (const name of ['One', 'Two', 'Three']) history.add(`https://example.org/${name}`, name);
  const { visits } = await history.find({ ...all, text: 'two' });
  await history.delete(visits[0]?.id ?? 0);
  expect(await titles(open())).toEqual(['Three', 'One']);
  expect(await readFile(file, 'utf8')).not.toContain('Two');
  const retitle = history.add('https://example.org/Four', 'Four');
  await history.delete(null);
  retitle?.('Risen');
  await history.flush();
  expect(await titles(open())).toEqual([]);
  expect(await readFile(file, 'utf8')).toBe('');
});

test('keeps only the newest visits, in memory and on the disk', async () => {
  const history = open({ mostVisits: 10 });
  for (let number = 1; number <= 35; number++) {
    history.add(`https://example.org/${number}`, String(number));
    await history.flush();
    expect((await readFile(file, 'utf8')).split('\n').filter(Boolean).length).toBeLessThanOrEqual(20);
  }
  const newest = Array.from({ length: 10 }, (_, index) => String(35 - index));
  expect(await titles(history)).toEqual(newest);
  expect(await titles(open({ mostVisits: 10 }))).toEqual(newest);
});

test('keeps no visit while the user has switched history off', async () => {
  const history = open({ keeps: () => false });
  expect(history.add('https://example.org/', 'Secret')).toBeUndefined();
  await history.flush();
  expect(await titles(history)).toEqual([]);
});

test('finish writes the visits that were not written yet', async () => {
  const history = open();
  history.add('https://example.org/first', 'First');
  await history.flush();
  history.add('https://example.org/last', 'Last');
  history.finish();
  expect(await titles(open())).toEqual(['Last', 'First']);
});

test('finds pages by words of title and address, and continues where the portion before ended', async () => {
  const history = open();
  for (let number = 1; number <= 150; number++) history.add(`https://example.org/${number}`, `Page ${number}`);
  history.add('https://other.example/', 'Else');
  const first = await history.find({ ...all, text: 'PAGE example.org' });
  expect([first.visits.length, first.more, first.total]).toEqual([100, true, 151]);
  const rest = await history.find({ text: 'page example.org', before: first.visits.at(-1)?.id ?? 0 });
  expect([rest.visits.length, rest.more, rest.visits[0]?.title]).toEqual([50, false, 'Page 50']);
});

test('suggests each page once, the most visited first', async () => {
  const history = open();
  for (const name of ['Rare', 'Often', 'Often', 'Often', 'Else', 'Lately'])
    history.add(`https://example.org/${name}`, name);
  const names = (await history.suggest('example')).map(({ title }) => title);
  expect(names).toEqual(['Often', 'Lately', 'Else', 'Rare']);
  expect(await history.suggest('  ')).toEqual([]);
});

test('a visit after the clock was put back is still the newest, and visits dated in the future stay', async () => {
  const later = { at: Date.now() + 1e10, address: 'https://example.org/later', title: 'Later' };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(later)}\n`);
  const history = open();
  history.add('https://example.org/now', 'Now');
  await history.flush();
  expect(await titles(history)).toEqual(['Now', 'Later']);
  expect(await titles(open())).toEqual(['Now', 'Later']);
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MatrixRun } from '@bulkhead/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import { MatrixFiles, toText } from './matrix-files.ts';
import { toMarkdown } from './matrix-markdown.ts';

const witness = {
  tab: 1,
  pidKept: true,
  stateKept: true,
  longestGapMs: 9.4,
  longestFrameGapMs: null,
  heartbeatsLost: 0,
  messagesLost: 0,
};
const nothing = { failure: null, pid: null, noticedMs: null, shownMs: null, recoveredMs: null, outcome: null };
const run: MatrixRun = {
  id: '2026-11-22T12-00-00-000Z',
  startedAt: Date.UTC(2026, 10, 22, 12),
  endedAt: null,
  runtime: { bulkhead: '1', electron: '33', chromium: '130', node: '20' },
  baseline: [witness],
  cells: [
    {
      ...nothing,
      fault: 'tab-kill',
      victim: 'tab',
      state: 'passed',
      unavailable: null,
      pid: 7,
      noticedMs: 5.4,
      shownMs: 40,
      recoveredMs: 120,
      outcome: 'killed, SIGKILL',
      witnesses: [witness, { ...witness, tab: 2, longestGapMs: 12.6, pidKept: false }],
    },
    {
      ...nothing,
      fault: 'browser-kill',
      victim: 'browser',
      state: 'unavailable',
      unavailable: 'ends-the-program',
      witnesses: [],
    },
  ],
};
let folder: string;
let files: MatrixFiles;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-matrix-'));
  files = new MatrixFiles(path.join(folder, 'runs'), new ProfileTroubles());
});

afterEach(() => rm(folder, { recursive: true }));

test('a saved run can be read again, as JSON and as Markdown', async () => {
  await files.save(run);
  expect(await files.load(run.id)).toEqual(run);
  expect(await files.list()).toEqual([{ id: run.id, startedAt: run.startedAt, passed: 1, failed: 0, unavailable: 1 }]);
  expect(JSON.parse(toText(run, 'json'))).toEqual(run);
  expect(toText(run, 'markdown')).toBe(toMarkdown(run));
  expect(await readFile(path.join(folder, 'runs', `${run.id}.md`), 'utf8')).toBe(toMarkdown(run));
  await files.delete(run.id);
  expect(await files.list()).toEqual([]);
});

test('a run that cannot be written is reported until a write succeeds', async () => {
  const troubles = new ProfileTroubles();
  // Even root cannot create a folder below a file.
  const unwritable = new MatrixFiles(path.join(folder, 'file', 'runs'), troubles);
  await writeFile(path.join(folder, 'file'), '');
  await expect(unwritable.save(run)).rejects.toThrow();
  expect(troubles.all).toMatchObject([{ part: 'matrix-runs', kind: 'unwritten' }]);
  await rm(path.join(folder, 'file'));
  await unwritable.save(run);
  expect(troubles.all).toEqual([]);
});

test('a damaged run and a name that contains a path are not loaded', async () => {
  await files.save(run);
  await writeFile(path.join(folder, 'runs', `${run.id}.json`), '{');
  expect(await files.list()).toEqual([]);
  await writeFile(path.join(folder, 'secret.json'), JSON.stringify(run));
  expect(await files.load('../secret')).toBeNull();
});

test('a copy of a run under another name is not listed, and a file that is far too long is not read', async () => {
  await files.save(run);
  const listed = await files.list();
  const inFolder = (name: string) => path.join(folder, 'runs', name);
  await writeFile(inFolder('2026-11-23.json'), JSON.stringify(run));
  await writeFile(inFolder('2026-11-24.json'), JSON.stringify({ ...run, id: '2026-11-24' }).padEnd(4_194_305));
  expect(await files.list()).toEqual(listed);
  await writeFile(inFolder('2026-11-24.json'), JSON.stringify({ ...run, id: '2026-11-24' }));
  expect((await files.list()).map(({ id }) => id)).toEqual(['2026-11-24', run.id]);
});

test('the table shows what was measured, and why a cell was not run', () => {
  const text = toMarkdown(run);
  expect(text).toContain('| tab-kill | passed | killed, SIGKILL | 5 | 40 | 120 | 13 | 1.34 × | 0 | 0 | 1/2 |');
  expect(text).toContain('| browser-kill | cannot be run here: ends-the-program |');
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProfileTroubles } from '../files/profile-troubles.ts';
import { CrashReports } from './crash-reports.ts';

const versions = { bulkhead: '1', electron: '33', chromium: '130', node: '20' };
const killed = { victim: 'tab', name: '', reason: 'killed', signal: 'SIGKILL', exitCode: null } as const;
let folder: string;
const open = (at: string) => new CrashReports({ folder: at, versions, troubles: new ProfileTroubles() });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-reports-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('keeps the newest fifty, newest first', async () => {
  const reports = open(path.join(folder, 'reports'));
  for (let pid = 1; pid <= 53; pid++) reports.add({ ...killed, pid });
  const { reports: listed } = await reports.list();
  expect(listed).toHaveLength(50);
  const { reports: newest } = await open(path.join(folder, 'reports')).list();
  expect(newest).toEqual(listed);
  expect(listed.map(({ pid }) => pid)).toContain(53);
  expect(listed.map(({ pid }) => pid)).not.toContain(1);
  expect(await readdir(path.join(folder, 'reports'))).toHaveLength(50);
});

test('a report gives reason, signal, versions and time, and has no field for an address', async () => {
  const reports = open(folder);
  reports.add({ ...killed, pid: 7, memoryKiB: 1000 });
  const [report] = (await reports.list()).reports;
  expect(report).toMatchObject({ reason: 'killed', signal: 'SIGKILL', versions, pid: 7, memoryKiB: 1000 });
  expect(report?.at).toBeGreaterThan(Date.now() - 60_000);
  expect(JSON.stringify(report)).not.toMatch(/https?:/);
});

test('deletes one report, or all', async () => {
  const reports = open(folder);
  for (const pid of [1, 2, 3]) reports.add({ ...killed, pid });
  const second = (await reports.list()).reports.find(({ pid }) => pid === 2);
  await reports.delete(second?.id ?? '');
  expect((await reports.list()).reports.map(({ pid }) => pid).sort()).toEqual([1, 3]);
  await reports.delete('../../etc/passwd');
  expect((await reports.list()).reports).toHaveLength(2);
  await reports.delete(null);
  expect(await reports.list()).toEqual({ reports: [], readable: true, unread: 0, unwritten: 0 });
});

test('skips files that are damaged or that are not crash reports', async () => {
  const reports = open(folder);
  reports.add({ ...killed, pid: 1 });
  await writeFile(path.join(folder, '1-1-1.json'), '{"id":');
  await writeFile(path.join(folder, 'notes.txt'), 'mine');
  expect(await reports.list()).toMatchObject({ reports: [{ pid: 1 }], readable: true, unread: 1 });
  await reports.delete(null);
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

test('a report that was written only in part is removed when the next one is written', async () => {
  const reports = open(folder);
  await writeFile(path.join(folder, '1-1-1.json.next'), '{"id":');
  reports.add({ ...killed, pid: 1 });
  const [report] = (await reports.list()).reports;
  expect(await readdir(folder)).toEqual([`${report?.id}.json`]);
});

test('an end of a process after the shutdown began is not reported', async () => {
  const reports = open(folder);
  reports.add({ ...killed, pid: 1 });
  reports.close();
  reports.add({ ...killed, pid: 2 });
  expect((await reports.list()).reports.map(({ pid }) => pid)).toEqual([1]);
});

test('reports dated in the future, because the clock was put back, push out no newer report', async () => {
  const reports = open(folder);
  const later = Date.now() + 86_400_000;
  for (let pid = 1; pid <= 50; pid++) reports.add({ ...killed, pid, at: later + pid });
  for (const pid of [101, 102, 103]) reports.add({ ...killed, pid });
  const pids = (await reports.list()).reports.map(({ pid }) => pid);
  expect(pids).toHaveLength(50);
  expect(pids.slice(0, 3).sort()).toEqual([101, 102, 103]);
});

test('a process whose end is before its start, because the clock was put back, still gets a report', async () => {
  const reports = open(folder);
  reports.add({ ...killed, pid: 1, livedMs: -5000 });
  expect(await reports.list()).toMatchObject({ reports: [{ pid: 1, livedMs: 0 }], unread: 0 });
});

test('reports of the fault matrix and reports of real faults do not push each other out', async () => {
  const reports = open(folder);
  reports.add({ ...killed, pid: 1 });
  for (let pid = 101; pid <= 160; pid++) reports.add({ ...killed, pid, ofMatrix: true });
  const { reports: listed } = await reports.list();
  expect(listed.filter(({ ofMatrix }) => ofMatrix)).toHaveLength(50);
  expect(listed.filter(({ ofMatrix }) => !ofMatrix).map(({ pid }) => pid)).toEqual([1]);
});

test('a report that cannot be written is still listed, is reported once, and is written when there is room', async () => {
  const troubles = new ProfileTroubles();
  const said = vi.fn();
  troubles.on('began', said);
  // Even root cannot create a folder below a file.
  const reports = new CrashReports({ folder: path.join(folder, 'file', 'reports'), versions, troubles });
  await writeFile(path.join(folder, 'file'), '');
  for (const pid of [1, 2]) reports.add({ ...killed, pid });
  expect(await reports.list()).toMatchObject({ reports: [{ pid: 2 }, { pid: 1 }], unwritten: 2 });
  expect(said.mock.calls.filter(([{ kind }]) => kind === 'unwritten')).toHaveLength(1);
  await rm(path.join(folder, 'file'));
  reports.add({ ...killed, pid: 3 });
  expect(await reports.list()).toMatchObject({ reports: [{ pid: 3 }, { pid: 2 }, { pid: 1 }], unwritten: 0 });
  expect(await readdir(path.join(folder, 'file', 'reports'))).toHaveLength(3);
});

test('an unreadable folder is not shown as an empty one', async () => {
  await writeFile(path.join(folder, 'reports'), '');
  expect(await open(path.join(folder, 'reports')).list()).toMatchObject({ reports: [], readable: false });
});

test('listeners are told of each report that is added or deleted', async () => {
  const reports = open(folder);
  const changed = vi.fn();
  reports.on('changed', changed);
  reports.add({ ...killed, pid: 1 });
  await reports.list();
  expect(changed).toHaveBeenCalledTimes(1);
  await reports.delete(null);
  expect(changed).toHaveBeenCalledTimes(2);
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CrashReports } from './crash-reports.ts';

const versions = { bulkhead: '1', electron: '33', chromium: '130', node: '20' };
const killed = { victim: 'tab', name: '', reason: 'killed', signal: 'SIGKILL', exitCode: null } as const;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-reports-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('keeps the newest fifty, newest first', async () => {
  const reports = new CrashReports(path.join(folder, 'reports'), versions);
  for (let pid = 1; pid <= 53; pid++) reports.add({ ...killed, pid });
  const listed = await reports.list();
  expect(listed).toHaveLength(50);
  const newest = await new CrashReports(path.join(folder, 'reports'), versions).list();
  expect(newest).toEqual(listed);
  expect(listed.map(({ pid }) => pid)).toContain(53);
  expect(listed.map(({ pid }) => pid)).not.toContain(1);
  expect(await readdir(path.join(folder, 'reports'))).toHaveLength(50);
});

test('says reason, signal, versions and time, and has no field for an address', async () => {
  const reports = new CrashReports(folder, versions);
  reports.add({ ...killed, pid: 7, memoryKiB: 1000 });
  const [report] = await reports.list();
  expect(report).toMatchObject({ reason: 'killed', signal: 'SIGKILL', versions, pid: 7, memoryKiB: 1000 });
  expect(report?.at).toBeGreaterThan(Date.now() - 60_000);
  expect(JSON.stringify(report)).not.toMatch(/https?:/);
});

test('deletes one, or all', async () => {
  const reports = new CrashReports(folder, versions);
  for (const pid of [1, 2, 3]) reports.add({ ...killed, pid });
  const second = (await reports.list()).find(({ pid }) => pid === 2);
  await reports.delete(second?.id ?? '');
  expect((await reports.list()).map(({ pid }) => pid).sort()).toEqual([1, 3]);
  await reports.delete('../../etc/passwd');
  expect(await reports.list()).toHaveLength(2);
  await reports.delete(null);
  expect(await reports.list()).toEqual([]);
});

test('passes by what is damaged or none of its own', async () => {
  const reports = new CrashReports(folder, versions);
  reports.add({ ...killed, pid: 1 });
  await writeFile(path.join(folder, '1-1-1.json'), '{"id":');
  await writeFile(path.join(folder, 'notes.txt'), 'mine');
  expect(await reports.list()).toHaveLength(1);
  await reports.delete(null);
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

test('what was left of a report that could not be written whole goes with the next one', async () => {
  const reports = new CrashReports(folder, versions);
  await writeFile(path.join(folder, '1-1-1.json.next'), '{"id":');
  reports.add({ ...killed, pid: 1 });
  const [report] = await reports.list();
  expect(await readdir(folder)).toEqual([`${report?.id}.json`]);
});

test('once the program ends, the ends of its processes are no faults', async () => {
  const reports = new CrashReports(folder, versions);
  reports.add({ ...killed, pid: 1 });
  reports.close();
  reports.add({ ...killed, pid: 2 });
  expect((await reports.list()).map(({ pid }) => pid)).toEqual([1]);
});

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-kept-'));
  await mkdir(path.join(folder, 'own'));
  await mkdir(path.join(folder, 'other'));
  await writeFile(path.join(folder, 'other/secret'), 'text');
});
afterEach(() => rm(folder, { recursive: true }));

async function reportOf(needs: string) {
  const script = path.join(import.meta.dirname, 'lesson-process.ts');
  const args = [script, needs, path.join(folder, 'own'), path.join(folder, 'other')];
  const env = { ...process.env, UV_USE_IO_URING: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout);
}

const EPERM = -1;
const common = {
  program: 'EPERM',
  ownFile: 'done',
  systemFile: 'done',
  sharedMemory: 'done',
  ownProcess: 'done',
  signalSelf: 'done',
  unixSocket: true,
  udp: false,
  netlink: false,
  outlivesParent: EPERM,
};
/** The event loop of a newer Node has made a ring before. */
const held = { seccomp: true, allowedCalls: 0, missing: expect.stringMatching(/^(an io_uring [^;]*)?$/) };
const skip = process.platform !== 'linux';

test.skipIf(skip)('a process that shows system calls keeps these, its folder and what the system has', async () => {
  const report = await reportOf('system-calls');
  const refused = ['EPERM', 'EACCES'];
  expect(report).toMatchObject({ ...common, confinement: held, tcp: false });
  expect(Object.entries(report.denied).filter(([, answer]) => answer !== EPERM)).toEqual([]);
  for (const what of ['otherFile', 'newFile', 'otherFolder', 'insideParent', 'signalParent'])
    expect(refused, what).toContain(report[what]);
});

test.skipIf(skip)('one that needs the network connects by TCP, and does nothing else there', async () => {
  const report = await reportOf('system-calls,network');
  expect(report).toMatchObject({ ...common, tcp: true, otherFile: 'EACCES' });
});

test.skipIf(skip)(
  'one that needs its peers reaches other processes and files, and makes no call of the list',
  async () => {
    const report = await reportOf('system-calls,peers');
    expect(report).toMatchObject({ ...common, tcp: false, otherFile: 'done', signalParent: 'done' });
    expect(report.confinement).toMatchObject({ ...held, landlock: 0 });
    expect(Object.entries(report.denied).filter(([, answer]) => answer !== EPERM)).toEqual([]);
  },
);

test.skipIf(skip)('one that watches another process may do that, and no more', async () => {
  const { denied } = await reportOf('system-calls,peers,watching');
  const allowed = Object.entries(denied).filter(([, answer]) => answer !== EPERM);
  // ptrace itself says EPERM or ESRCH of a process that is not there.
  expect(allowed.map(([name]) => name)).toEqual(expect.arrayContaining(['process_vm_readv']));
  expect(['ptrace', 'process_vm_readv']).toEqual(expect.arrayContaining(allowed.map(([name]) => name)));
});

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checkLeftovers, type Run, sharedMemoryNames } from './leftovers.ts';

/** Long enough for more than one check. */
const PATIENCE_MS = 200;

/** Hides all names: other suites make shared memory at the same time, and keep it longer than these tests wait. */
class EveryName extends Set<string> {
  override has = () => true;
}

function makeRun(sharedMemoryBefore: Run['sharedMemoryBefore'] = new EveryName()): Run {
  return { id: randomUUID(), temporary: temporaryFolder(), sharedMemoryBefore };
}

async function startSleep(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const child = spawn('sleep', ['1000', ...args], { env: { ...process.env, ...environment } });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
}

it('finds nothing after a clean run', async () => {
  expect(await checkLeftovers(makeRun(), PATIENCE_MS)).toMatchObject({ passed: 3, failed: 0 });
});

it('finds a process by its environment', async () => {
  const run = makeRun();
  await startSleep({ BULKHEAD_RUN: run.id });
  const { passed, failed, output } = await checkLeftovers(run, PATIENCE_MS);
  expect({ passed, failed }).toEqual({ passed: 2, failed: 1 });
  expect(output).toMatch(/processes left behind:\n {2}\d+ sleep 1000/);
});

it('finds a process by a folder of the run on its command line', async () => {
  const run = makeRun();
  const child = spawn('sh', ['-c', 'read line', `--user-data-dir=${run.temporary}/profile`]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  expect((await checkLeftovers(run, PATIENCE_MS)).output).toContain(`--user-data-dir=${run.temporary}/profile`);
});

it('ignores processes of other runs', async () => {
  await startSleep({ BULKHEAD_RUN: randomUUID() });
  expect((await checkLeftovers(makeRun(), PATIENCE_MS)).failed).toBe(0);
});

it('waits for a process that is ending', async () => {
  const run = makeRun();
  spawn('sleep', ['0.3'], { env: { ...process.env, BULKHEAD_RUN: run.id } });
  expect((await checkLeftovers(run, 20_000)).failed).toBe(0);
});

it('finds an object in shared memory that no process uses', async () => {
  const run = makeRun(sharedMemoryNames());
  const file = `/dev/shm/bulkhead-test-${randomUUID()}`;
  writeFileSync(file, '');
  onTestFinished(() => rmSync(file));
  const { failed, output } = await checkLeftovers(run, PATIENCE_MS);
  expect(failed).toBe(1);
  expect(output).toMatch(/^shared-memory objects left behind:\n/);
  expect(output).toContain(file);
});

it('ignores an object that a process uses', async () => {
  const run = makeRun(sharedMemoryNames());
  const file = `/dev/shm/bulkhead-test-${randomUUID()}`;
  const descriptor = openSync(file, 'w');
  onTestFinished(() => {
    closeSync(descriptor);
    rmSync(file);
  });
  expect((await checkLeftovers(run, PATIENCE_MS)).output).not.toContain(file);
});

it('finds temporary files', async () => {
  const run = makeRun();
  mkdirSync(path.join(run.temporary, 'profile'));
  expect((await checkLeftovers(run, PATIENCE_MS)).output).toContain(
    `temporary files left behind:\n  ${run.temporary}/profile`,
  );
});

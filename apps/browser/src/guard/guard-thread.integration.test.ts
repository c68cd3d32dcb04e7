import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';

const module = (file: string) => JSON.stringify(new URL(file, import.meta.url).pathname);

/**
 * The standard input has no writer any more, so the guard closes it, and loads the C library first. The program ends
 * meanwhile: it polls for the moment when that begins.
 */
const program = `
  import { readFileSync } from 'node:fs';
  import { GuardThread } from ${module('./guard-thread.ts')};
  const guard = new GuardThread(${module('./process-guard.ts')});
  guard.listen(0, () => undefined);
  while (!readFileSync('/proc/self/maps', 'utf8').includes('koffi'));
  const until = performance.now() + Number(process.argv[2]);
  while (performance.now() < until);
  process.exit(0);`;

async function endOfProgramAfter(script: string, delayMs: number): Promise<number | string> {
  const node = [process.execPath, '--no-warnings', script, String(delayMs)];
  const child = spawn('/bin/sh', ['-c', 'true | exec "$0" "$@"', ...node], { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit');
  return code ?? signal;
}

// A thread that is ended within a call of the C library takes the whole process with it (SIGABRT).
it('ends with the program, at any moment of its work', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-guard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = path.join(folder, 'program.mjs');
  writeFileSync(script, program);
  const ends = [];
  for (let time = 0; time < 16; time++) ends.push(await endOfProgramAfter(script, (time % 4) / 10));
  expect(ends).toEqual(ends.map(() => 0));
});

/** A child ends while the program is too busy to collect its exit status. The guard's finding is printed. */
const busyProgram = `
  import { spawn } from 'node:child_process';
  import { GuardThread } from ${module('./guard-thread.ts')};
  import { cell } from ${module('./process-guard-cells.ts')};
  const wait = (ms) => { for (const until = performance.now() + ms; performance.now() < until; ); };
  const start = () => { wait(50); const { pid } = spawn('/bin/true'); wait(50); return pid; };
  const older = process.argv[2] === 'older' && start();
  const guard = new GuardThread(${module('./process-guard.ts')});
  const pid = older || start();
  // Waits for a finding when one is expected.
  const until = performance.now() + (older ? 30_000 : 3000);
  while (performance.now() < until && Atomics.load(guard.cells, cell.goneZygote) === 0);
  console.log(Atomics.load(guard.cells, cell.goneZygote) === pid);
  process.exit(0);`;

// Zygotes are older than the guard. A younger ended child may be any process that the browser has not collected yet.
it.each([
  ['older', true],
  ['younger', false],
])('treats an ended child that is %s than itself as a zygote: %s', { timeout: 60_000 }, async (age, isZygote) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-guard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = path.join(folder, 'program.mjs');
  writeFileSync(script, busyProgram);
  const child = spawn(process.execPath, ['--no-warnings', script, age], { stdio: ['ignore', 'pipe', 'inherit'] });
  expect(await text(child.stdout)).toBe(`${isZygote}\n`);
});

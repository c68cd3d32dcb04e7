import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const module = (file: string) => JSON.stringify(new URL(file, import.meta.url).pathname);

/**
 * Nobody writes to its standard input any more, so the guard closes that, and binds the C library first. The program ends
 * some milliseconds after that has begun.
 */
const program = `
  import { readFileSync } from 'node:fs';
  import { GuardThread } from ${module('./guard-thread.ts')};
  const guard = new GuardThread(${module('./process-guard.ts')});
  guard.listen(0, () => undefined);
  const look = () => {
    if (!readFileSync('/proc/self/maps', 'utf8').includes('koffi')) return setImmediate(look);
    setTimeout(() => process.exit(0), Number(process.argv[2]));
  };
  look();`;

async function endOfProgramAfter(script: string, delayMs: number): Promise<number | string> {
  const node = [process.execPath, '--no-warnings', script, String(delayMs)];
  const child = spawn('/bin/sh', ['-c', 'true | exec "$0" "$@"', ...node], { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit');
  return code ?? signal;
}

// A thread that is ended within a call of the C library takes the whole process with it (SIGABRT).
it('ends with the program, whatever it does at that moment', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-guard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = path.join(folder, 'program.mjs');
  writeFileSync(script, program);
  const ends = [];
  for (let delayMs = 0; delayMs < 16; delayMs += 2) ends.push(await endOfProgramAfter(script, delayMs));
  expect(ends).toEqual(ends.map(() => 0));
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { systemCallName } from './system-call-names.ts';
import { SystemCallWatch } from './system-call-watch.ts';
import { threadCounts } from './thread-counts.ts';

let child: ReturnType<typeof spawn>;

// What this process has watched to its end, Node is not told of: nobody waits for that here.
afterEach(() => void child.kill('SIGKILL'));

it('is told each system call of another process, and lets it go on', async () => {
  child = spawn('cat', [], { stdio: ['pipe', 'pipe', 'ignore'] });
  const { stdin, stdout, pid } = child;
  if (!stdin || !stdout || pid === undefined) throw new Error('no cat');
  stdin.write('a');
  await once(stdout, 'data');
  const watch = new SystemCallWatch(pid);
  stdin.write('b'); // into the pipe at once, while cat stands
  const calls = [watch.next(), watch.next(), watch.next()];
  watch.end();
  // It was in its read, which being stopped has interrupted: whatever comes first, the letter is read and written.
  expect(calls.map((call) => systemCallName(call ?? -1))).toEqual(expect.arrayContaining(['read']));
  await once(stdout, 'data');
});

it('says that the process has ended', async () => {
  child = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const watch = new SystemCallWatch(child.pid ?? 0);
  child.kill('SIGKILL');
  let next: number | undefined = 0;
  while (next !== undefined) next = watch.next();
  expect(next).toBeUndefined();
});

it('counts what a thread reads and writes', () => {
  child = spawn('true');
  const before = threadCounts();
  for (let time = 0; time < 10; time += 1) readFileSync('/proc/self/stat');
  const after = threadCounts();
  expect(after.readCalls - before.readCalls).toBeGreaterThanOrEqual(10);
  expect(after.runningNs).toBeGreaterThan(0);
});

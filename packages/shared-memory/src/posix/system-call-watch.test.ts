import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { systemCallName } from './system-call-names.ts';
import { SystemCallWatch } from './system-call-watch.ts';
import { threadCounts } from './thread-counts.ts';

let child: ReturnType<typeof spawn>;

// Node gets no exit event for a process that was watched to its end, so this does not wait for one.
afterEach(() => void child.kill('SIGKILL'));

it('reports each system call of another process, and lets it continue', async () => {
  child = spawn('cat', [], { stdio: ['pipe', 'pipe', 'ignore'] });
  const { stdin, stdout, pid } = child;
  if (!stdin || !stdout || pid === undefined) throw new Error('no cat');
  stdin.write('a');
  await once(stdout, 'data');
  const watch = new SystemCallWatch(pid);
  stdin.write('b'); // goes into the pipe at once, while cat is stopped
  const calls = [watch.next(), watch.next(), watch.next()];
  watch.end();
  // The stop interrupted cat in its read. In any order, cat reads and writes the letter.
  expect(calls.map((call) => systemCallName(call ?? -1))).toEqual(expect.arrayContaining(['read']));
  await once(stdout, 'data');
});

it('returns undefined once the process has ended', async () => {
  child = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const watch = new SystemCallWatch(child.pid ?? 0);
  child.kill('SIGKILL');
  let next: number | undefined = 0;
  while (next !== undefined) next = watch.next();
  expect(next).toBeUndefined();
});

it('counts the reads and writes of a thread', () => {
  child = spawn('true');
  const before = threadCounts();
  for (let time = 0; time < 10; time += 1) readFileSync('/proc/self/stat');
  const after = threadCounts();
  expect(after.readCalls - before.readCalls).toBeGreaterThanOrEqual(10);
  expect(after.runningNs).toBeGreaterThan(0);
});

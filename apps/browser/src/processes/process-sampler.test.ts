import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { readStat } from './proc.ts';
import { describeByCommandLine, ProcessSampler } from './process-sampler.ts';

vi.mock('electron', () => ({ app: {} })); // used without /proc

test('finds all descendants of a process, and no other process', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [chunk] = await once(child.stdout, 'data');
  const grandchild = Number(chunk);
  try {
    const sampler = new ProcessSampler(process.pid, { describe: () => undefined });
    const first = await sampler.sample();
    const pids = first.processes.map((process) => process.pid);
    expect(pids).toEqual(expect.arrayContaining([process.pid, child.pid, grandchild]));
    expect(pids).not.toContain(process.ppid);
    expect(first.processes.every((process) => process.cpuPercent === null)).toBe(true);
    expect(await sampler.owns(grandchild)).toBe(true);
    expect(await sampler.owns(1)).toBe(false);
    const second = await sampler.sample();
    expect(second.processes.find((entry) => entry.pid === process.pid)?.cpuPercent).toBeGreaterThanOrEqual(0);
  } finally {
    process.kill(grandchild, 'SIGKILL');
    await once(child, 'exit');
  }
});

test('a process that has ended keeps its name until its parent has collected its exit status', async () => {
  // The shell replaces itself with a program that collects no exit status: its child stays a zombie.
  const child = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [chunk] = await once(child.stdout, 'data');
  const grandchild = Number(chunk);
  try {
    const known = { type: 'plugin' as const, title: 'known', tabs: [] };
    let alive = true;
    const sampler = new ProcessSampler(process.pid, {
      describe: (pid) => (alive && pid === grandchild ? known : undefined),
    });
    const find = async () => (await sampler.sample()).processes.find(({ pid }) => pid === grandchild);
    await vi.waitFor(async () => expect(await find()).toMatchObject({ ...known, pssKiB: expect.any(Number) }));
    process.kill(grandchild, 'SIGKILL');
    await vi.waitFor(async () => expect((await readStat(grandchild))?.state).toBe('Z'));
    alive = false;
    await vi.waitFor(async () => expect(await find()).toMatchObject({ ...known, state: 'Z', pssKiB: null }));
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

test.each([
  ['/x/electron\0--type=gpu-process\0--a', 'gpu', 'GPU'],
  ['/x/electron\0--type=utility\0--utility-sub-type=network.mojom.NetworkService', 'network', 'Network service'],
  ['/x/electron\0--type=zygote\0--no-zygote-sandbox', 'zygote', 'Zygote'],
  ['/x/electron --type=broker', 'network', 'Broker'],
  ['/x/chrome_crashpad_handler\0--monitor-self', 'other', 'chrome_crashpad_handler'],
])('%j is %s', (commandLine, type, title) => {
  expect(describeByCommandLine(commandLine)).toEqual({ type, title, tabs: [] });
});

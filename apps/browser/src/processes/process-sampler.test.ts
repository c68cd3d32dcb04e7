import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { describeByCommandLine, ProcessSampler } from './process-sampler.ts';

vi.mock('electron', () => ({ app: {} })); // used where there is no /proc

test('finds the whole family below a process, and nobody else', async () => {
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

test.each([
  ['/x/electron\0--type=gpu-process\0--a', 'gpu', 'GPU'],
  ['/x/electron\0--type=utility\0--utility-sub-type=network.mojom.NetworkService', 'network', 'Network service'],
  ['/x/electron\0--type=zygote\0--no-zygote-sandbox', 'zygote', 'Zygote'],
  ['/x/chrome_crashpad_handler\0--monitor-self', 'other', 'chrome_crashpad_handler'],
])('%j is %s', (commandLine, type, title) => {
  expect(describeByCommandLine(commandLine)).toEqual({ type, title, tabs: [] });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { processorTimeOf } from './processor-time.ts';

const module = JSON.stringify(new URL('./processor-time.ts', import.meta.url).href);
const sleeper = `
  const { parentPort } = require('node:worker_threads');
  import(${module}).then(({ sleepOnProcessorTime }) => {
    parentPort.postMessage('sleeps');
    sleepOnProcessorTime(500);
    parentPort.postMessage('woke up');
  });`;

it.runIf(process.platform === 'linux')(
  'sleeps while the process is idle, and wakes up when it has used the time',
  async () => {
    const worker = new Worker(sleeper, { eval: true, execArgv: ['--no-warnings'] });
    const heard: unknown[] = [];
    worker.on('message', (message) => heard.push(message));
    await once(worker, 'message');
    const before = process.cpuUsage();
    await sleep(300);
    const { user, system } = process.cpuUsage(before);
    // On a busy machine the process may have used the time already: then this cannot be checked.
    if (user + system < 400_000) expect(heard).toEqual(['sleeps']);
    for (const worked = process.cpuUsage(); process.cpuUsage(worked).user < 600_000; );
    await vi.waitFor(() => expect(heard).toEqual(['sleeps', 'woke up']));
    await worker.terminate();
  },
);

it.runIf(process.platform === 'linux')(
  'reads the time that a process has used so far, and undefined after it has ended',
  async () => {
    const rounding = 0.001;
    const other = spawn('sleep', ['60']);
    const before = process.cpuUsage();
    const own = processorTimeOf(process.pid) ?? 0;
    const after = process.cpuUsage();
    expect(own).toBeGreaterThan((before.user + before.system) / 1e6 - rounding);
    expect(own).toBeLessThan((after.user + after.system) / 1e6 + rounding);
    await vi.waitFor(() => expect(processorTimeOf(other.pid ?? 0)).toBeGreaterThan(0));
    other.kill();
    await once(other, 'exit');
    await vi.waitFor(() => expect(processorTimeOf(other.pid ?? 0)).toBeUndefined());
  },
);

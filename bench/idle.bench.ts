import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf } from '../e2e/system.ts';
import type { Bench, Samples } from './bench.ts';
import { inspected } from './launched.ts';

const tabs = 10;
const rounds = 3;
/** Time that an application must have the same processes before it is measured, and duration of a measurement, ms. */
const settleMs = 12_000;
const lookMs = 20_000;
/** Time without any action after the window was hidden, ms. */
const hiddenMs = 5000;

/** Figures of all processes of an application together. */
interface Figures {
  /** Processor time, ms/s. */
  cpu: number;
  /** Processor time while the window is hidden, ms/s. */
  hiddenCpu: number;
  /** Wake-ups of all threads per second, counted by how often threads went to sleep. */
  wakeups: number;
  /** Proportional memory, MiB. */
  memory: number;
}

let figures: Promise<Record<'ours' | 'floor', Figures[]>> | undefined;
const measured = () => {
  figures ??= measure();
  return figures;
};
const samplesOf = async (figure: (of: Figures) => number): Promise<Samples> => {
  const { ours, floor } = await measured();
  return { ours: ours.map(figure), floor: floor.map(figure) };
};

const floorName = 'the barest Electron application with as many views';
export const benches: Bench[] = [
  {
    id: 'idle/cpu-vs-bare',
    what: `processor time of all processes with ${tabs} quiet tabs`,
    unit: 'ms/s',
    floorName,
    target: { atMost: 2 },
    measure: () => samplesOf(({ cpu }) => cpu),
  },
  {
    id: 'idle/cpu-hidden',
    what: 'the same while the window is hidden',
    unit: 'ms/s',
    floorName,
    target: { atMost: 1.3 },
    measure: () => samplesOf(({ hiddenCpu }) => hiddenCpu),
  },
  {
    id: 'idle/wakeups',
    what: `wake-ups of all processes, per tab`,
    unit: 'wake-ups/s',
    floorName,
    target: { of: 'ours', atMost: 1 },
    measure: () => samplesOf(({ wakeups }) => wakeups / tabs),
  },
  {
    id: 'memory/10-tabs-vs-bare',
    what: 'proportional memory of all processes',
    unit: 'MiB',
    floorName,
    target: { atMost: 1.2 },
    measure: () => samplesOf(({ memory }) => memory),
  },
];

async function measure(): Promise<Record<'ours' | 'floor', Figures[]>> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Quiet</title><h1>Quiet ${request.url}</h1>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Each page has its own host, so that it has its own process in both applications.
  const addresses = Array.from({ length: tabs }, (_, index) => `http://tab${index}.localhost:${port}/`);
  const samples: Record<'ours' | 'floor', Figures[]> = { ours: [], floor: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      samples.floor.push(await look(inspected.floor, addresses));
      samples.ours.push(await look(inspected.ours, addresses));
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return samples;
}

async function look(launch: typeof inspected.ours, addresses: string[]): Promise<Figures> {
  const launched = await launch(...addresses);
  try {
    const pids = await settled(launched.process.pid ?? 0);
    const seen = await rates(pids);
    const memory = await Promise.all(pids.map(proportionalKiB));
    // Hide the window instead of minimising it, because a virtual display has no window manager.
    await launched.evaluate('electron.BaseWindow.getAllWindows().forEach((each) => each.hide())');
    await sleep(hiddenMs);
    const hidden = await rates(pids);
    return {
      ...seen,
      hiddenCpu: hidden.cpu,
      memory: memory.reduce((sum, kib) => sum + kib, 0) / 1024,
    };
  } finally {
    await launched.end();
  }
}

/** Returns an application's processes once they no longer change. */
async function settled(root: number): Promise<number[]> {
  let pids: number[] = [];
  for (let since = performance.now(); performance.now() - since < settleMs; await sleep(1000)) {
    const now = await familyOf(root);
    if (now.length === pids.length && now.every((pid) => pids.includes(pid))) continue;
    pids = now;
    since = performance.now();
  }
  return pids;
}

/** Measures these processes' figures per second. */
async function rates(pids: readonly number[]): Promise<Pick<Figures, 'cpu' | 'wakeups'>> {
  const before = await totals(pids);
  const since = performance.now();
  await sleep(lookMs);
  const after = await totals(pids);
  const seconds = (performance.now() - since) / 1000;
  return { cpu: (after.cpuMs - before.cpuMs) / seconds, wakeups: (after.switches - before.switches) / seconds };
}

/** Returns the sums over all threads of these processes so far. */
async function totals(pids: readonly number[]): Promise<{ cpuMs: number; switches: number }> {
  const total = { cpuMs: 0, switches: 0 };
  for (const pid of pids) {
    for (const thread of await readdir(`/proc/${pid}/task`).catch(() => [])) {
      const [schedstat, status] = await Promise.all(
        ['schedstat', 'status'].map((file) => readFile(`/proc/${pid}/task/${thread}/${file}`, 'utf8').catch(() => '')),
      );
      total.cpuMs += Number(schedstat?.split(' ')[0] ?? 0) / 1e6;
      total.switches += Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0);
    }
  }
  return total;
}

async function proportionalKiB(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
}

import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { endProcess } from '../end-process.ts';
import { parseStat } from '../processes/proc.ts';
import { cell } from './gpu-guard-cells.ts';
import { GpuHang } from './gpu-hang.ts';

const lookMs = 500;

/** The thread that GpuWatch starts. It asks the browser's own thread for nothing: that one may be waiting for the GPU. */
const cells = new Int32Array(workerData as SharedArrayBuffer);
const hang = new GpuHang();

setInterval(() => {
  const pid = Atomics.load(cells, cell.pid);
  if (pid === 0) return;
  const look = statOf(pid);
  if (!look || look.state === 'Z') {
    Atomics.compareExchange(cells, cell.pid, pid, 0);
    return;
  }
  const hasHung = hang.look(look, performance.now(), Atomics.load(cells, cell.answers));
  Atomics.store(cells, cell.busy, hang.busy ? 1 : 0);
  if (!hasHung) return;
  // First, so that the browser knows why when it hears of the end.
  Atomics.store(cells, cell.hung, pid);
  endProcess(pid, 'SIGKILL');
}, lookMs);

function statOf(pid: number): ReturnType<typeof parseStat> | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

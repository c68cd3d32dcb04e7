import { readdirSync, readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { endProcess } from '../end-process.ts';
import { StrainCells } from '../page-events/strain-cells.ts';
import { StrainGuard } from '../page-events/strain-guard.ts';
import { strainLookMs } from '../page-events/strain-watch.ts';
import { parseStat } from '../processes/proc.ts';
import { cell } from './gpu-guard-cells.ts';
import { GpuHang } from './gpu-hang.ts';

// The guard: a thread that GpuWatch starts. It asks the browser's own thread for nothing: that one may be waiting for the
// GPU process, or be busy with what a page sends.

const lookMs = 500;
const shared = workerData as { gpu: SharedArrayBuffer; strain: SharedArrayBuffer };
const cells = new Int32Array(shared.gpu);
const hang = new GpuHang();
let pid = 0;

setInterval(() => {
  if (pid === 0) {
    pid = find();
    Atomics.store(cells, cell.pid, pid);
  }
  const look = pid === 0 ? undefined : statOf(pid);
  if (!look || look.state === 'Z') {
    pid = 0;
    return;
  }
  const hasHung = hang.look(look, performance.now(), Atomics.load(cells, cell.answers));
  Atomics.store(cells, cell.busy, hang.busy ? 1 : 0);
  if (!hasHung) return;
  // First, so that the browser knows why when it hears of the end.
  Atomics.store(cells, cell.hung, pid);
  endProcess(pid, 'SIGKILL');
}, lookMs);

const strain = new StrainGuard(new StrainCells(shared.strain));
setInterval(() => strain.look(), strainLookMs);

/** The GPU process of this browser, which is its child or its zygote's; 0 while there is none. */
function find(): number {
  for (const name of processes()) {
    const candidate = Number(name);
    if (!Number.isInteger(candidate) || !isGpu(candidate)) continue;
    const parent = statOf(candidate)?.parentPid ?? 0;
    if (parent === process.pid || statOf(parent)?.parentPid === process.pid) return candidate;
  }
  return 0;
}

function processes(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return []; // no descriptor is left: the next look may find one
  }
}

function isGpu(candidate: number): boolean {
  try {
    return readFileSync(`/proc/${candidate}/cmdline`, 'latin1').includes('--type=gpu-process');
  } catch {
    return false; // it has ended meanwhile
  }
}

function statOf(process: number): ReturnType<typeof parseStat> | undefined {
  try {
    return parseStat(readFileSync(`/proc/${process}/stat`, 'utf8'));
  } catch {
    return undefined; // there is none
  }
}

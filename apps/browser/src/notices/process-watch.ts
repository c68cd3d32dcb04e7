import { Worker } from 'node:worker_threads';
import { endProcess } from '../end-process.ts';
import { readStat } from '../processes/proc.ts';
import type { Shell } from '../shell.ts';
import { findGuarded } from './guarded-processes.ts';
import type { Notices } from './notices.ts';
import { type Continued, cell, cellCount, takeContinued } from './process-guard-cells.ts';
import type { ServicePids } from './service-pids.ts';

const lookMs = 1000;

interface Options {
  services: ServicePids;
  shell: Shell;
  notices: Notices;
  watchdogPid: () => number | undefined;
  /** Script of the guard's thread, absolute path. */
  script: string;
  /** Memory of `StrainCells`. */
  strain: SharedArrayBuffer;
  /** The guard could not be started, or has failed. */
  onMissing: (error: unknown) => void;
}

/**
 * Starts the guard: a thread that continues stopped processes and ends a GPU process that hangs. The browser's own thread
 * cannot do that, because it may wait for such a process without end. This class tells the user what the guard has done,
 * and asks a busy GPU process for a pixel. Linux only: elsewhere other processes cannot be looked at.
 */
export class ProcessWatch {
  readonly #shell: Shell;
  readonly #notices: Notices;
  readonly #strain: SharedArrayBuffer;
  readonly #cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  #guard: Worker | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  /** Starts the guard, which looks at the processes of pages, too. */
  constructor({ services, shell, notices, watchdogPid, script, strain, onMissing }: Options) {
    this.#shell = shell;
    this.#notices = notices;
    this.#strain = strain;
    if (process.platform !== 'linux') return;
    const giveUp = (error: unknown) => {
      clearInterval(this.#timer);
      onMissing(error);
    };
    let known = 0;
    this.#timer = setInterval(() => {
      // Not while the first page is on its way.
      this.#guard ??= this.#startGuard(script, giveUp);
      Atomics.store(this.#cells, cell.shell, shell.pid ?? 0);
      Atomics.store(this.#cells, cell.watchdog, watchdogPid() ?? 0);
      const pid = Atomics.load(this.#cells, cell.gpu);
      // When it dies the runtime does not say which it was.
      if (pid !== known) void services.find('gpu');
      known = pid;
      if (Atomics.load(this.#cells, cell.busy) === 1) void this.#ask();
      for (const continued of takeContinued(this.#cells)) void this.#tell(continued);
    }, lookMs);
  }

  /** The process that was ended last because it hung; once. */
  takeHung(): number | undefined {
    return Atomics.exchange(this.#cells, cell.hung, 0) || undefined;
  }

  /** The program ends, and its guard goes first: whatever is stopped must not hold it up. */
  end(): void {
    clearInterval(this.#timer);
    if (process.platform !== 'linux') return;
    const watchdog = Atomics.load(this.#cells, cell.watchdog);
    for (const pid of [...findGuarded(process.pid).keys(), watchdog]) if (pid > 0) endProcess(pid, 'SIGCONT');
  }

  dispose(): void {
    clearInterval(this.#timer);
    void this.#guard?.terminate();
  }

  /** Some failures to start a thread are thrown, others are events. */
  #startGuard(script: string, giveUp: (error: unknown) => void): Worker | undefined {
    try {
      const guard = new Worker(script, { workerData: { processes: this.#cells.buffer, strain: this.#strain } });
      guard.on('error', giveUp);
      guard.unref();
      return guard;
    } catch (error) {
      giveUp(error);
      return undefined;
    }
  }

  async #tell({ victim, pid, stoppedMs }: Continued): Promise<void> {
    // A process that has ended in the meantime has its own notice.
    const { state = 'Z' } = (await readStat(pid)) ?? {};
    if (state === 'Z') return;
    const how = { outcome: 'continued', how: 'stopped', signal: 'SIGSTOP', exitCode: null } as const;
    this.#notices.add({ ...how, victim, name: '', pid, downMs: stoppedMs });
  }

  /** A pixel of what is on the screen goes through the GPU process and no other. */
  async #ask(): Promise<void> {
    const contents = this.#shell.view?.webContents;
    if (!contents || contents.isDestroyed()) return;
    // An error is an answer, too.
    await contents.capturePage({ x: 0, y: 0, width: 1, height: 1 }).catch(() => undefined);
    Atomics.add(this.#cells, cell.answers, 1);
  }
}

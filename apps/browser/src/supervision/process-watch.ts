import type { GuardThread } from '../guard/guard-thread.ts';
import { findGuarded } from '../guard/guarded-processes.ts';
import { type Continued, cell, takeContinued } from '../guard/process-guard-cells.ts';
import { endProcess } from '../processes/end-process.ts';
import { readStat } from '../processes/proc.ts';
import type { ServicePids } from '../processes/service-pids.ts';
import type { Shell } from '../shell/shell.ts';
import { takePicture } from '../tabs/page-picture.ts';
import { everySecond } from '../timing/every-second.ts';
import type { Notices } from './notices/notices.ts';

interface Options {
  services: ServicePids;
  shell: Shell;
  notices: Notices;
  watchdogPid: () => number | undefined;
  guard: GuardThread;
  /** Called once for each zygote. */
  onZygoteGone: (pid: number) => void;
  /** The guard could not be started, or has failed. */
  onMissing: (error: unknown) => void;
}

/** Tells the user what the guard has done, and asks a busy GPU process for a pixel. Linux only, like the guard. */
export class ProcessWatch {
  readonly #shell: Shell;
  readonly #notices: Notices;
  readonly #cells: Int32Array;
  readonly #watchdogPid: () => number | undefined;
  readonly #stop: () => void = () => undefined;

  constructor({ services, shell, notices, watchdogPid, guard, onZygoteGone, onMissing }: Options) {
    this.#shell = shell;
    this.#notices = notices;
    this.#cells = guard.cells;
    this.#watchdogPid = watchdogPid;
    if (process.platform !== 'linux') return;
    shell.on('connected', () => {
      Atomics.store(this.#cells, cell.shell, shell.pid ?? 0);
      Atomics.store(this.#cells, cell.shellRuns, 1);
    });
    shell.on('ended', () => Atomics.store(this.#cells, cell.shellRuns, 0));
    let known = 0;
    Atomics.store(this.#cells, cell.beats, 1);
    this.#stop = everySecond(() => {
      Atomics.add(this.#cells, cell.beats, 1);
      this.#tellStandstill(Atomics.exchange(this.#cells, cell.stoodStillMs, 0));
      guard.tellRefused();
      const zygote = Atomics.exchange(this.#cells, cell.goneZygote, 0);
      if (zygote !== 0) onZygoteGone(zygote);
      Atomics.store(this.#cells, cell.shell, shell.pid ?? 0);
      Atomics.store(this.#cells, cell.watchdog, watchdogPid() ?? 0);
      const pid = Atomics.load(this.#cells, cell.gpu);
      // When the GPU process ends, Electron does not report its PID.
      if (pid !== known) void services.find('gpu');
      known = pid;
      if (Atomics.load(this.#cells, cell.busy) === 1) void this.#ask();
      for (const continued of takeContinued(this.#cells)) void this.#tell(continued);
    });
    guard.whenMissing((error) => {
      this.#stop();
      onMissing(error);
    });
  }

  /** Returns the process that was last ended because it hung, once. */
  takeHung(): number | undefined {
    return Atomics.exchange(this.#cells, cell.hung, 0) || undefined;
  }

  /** Ends the guard first at shutdown, and continues stopped processes so that they do not delay it. */
  end(): void {
    this.#stop();
    if (process.platform !== 'linux') return;
    // The guard may not know the watchdog yet.
    const watchdog = this.#watchdogPid() ?? 0;
    const guarded = [...findGuarded(process.pid)].flatMap(([pid, kind]) => (kind === 'renderer' ? [] : pid));
    for (const pid of [...guarded, watchdog]) if (pid > 0) endProcess(pid, 'SIGCONT');
  }

  async #tell({ victim, pid, stoppedMs }: Continued): Promise<void> {
    // A process that has ended meanwhile has its own notice.
    const { state = 'Z' } = (await readStat(pid)) ?? {};
    if (state === 'Z') return;
    const how = { outcome: 'continued', how: 'stopped', signal: 'SIGSTOP', exitCode: null } as const;
    this.#notices.add({ ...how, victim, name: '', pid, downMs: stoppedMs });
  }

  #tellStandstill(downMs: number): void {
    if (downMs === 0) return;
    const nobody = { name: '', signal: null, exitCode: null, pid: null } as const;
    this.#notices.add({ ...nobody, victim: 'browser', outcome: 'continued', how: 'hung', downMs });
  }

  /** Asks the GPU process for an answer: a pixel of the window is read through it and no other process. */
  async #ask(): Promise<void> {
    const contents = this.#shell.view?.webContents;
    if (!contents || contents.isDestroyed()) return;
    // An error is an answer, too.
    await takePicture(contents, { x: 0, y: 0, width: 1, height: 1 });
    Atomics.add(this.#cells, cell.answers, 1);
  }
}

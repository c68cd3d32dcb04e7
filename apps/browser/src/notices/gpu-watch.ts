import { endProcess } from '../end-process.ts';
import { readStat, ticksPerSecond } from '../processes/proc.ts';
import type { Shell } from '../shell.ts';
import type { ServicePids } from './service-pids.ts';

/** How often the GPU process is looked at, and how long it may be stopped or silent, ms. */
const lookMs = 1000;
const silenceMs = 3000;
/** Share of one core from which on it is asked whether it still answers. */
const busyShare = 0.9;

/**
 * Ends a GPU process that hangs: until somebody does, no window of the program shows anything new, and Chromium itself
 * has been seen to wait for ever where it draws in software. A stopped process the system names; one that is busy is
 * asked for a pixel of the interface.
 */
export class GpuWatch {
  readonly #services: ServicePids;
  readonly #shell: Shell;
  readonly #timer: NodeJS.Timeout;
  #pid: number | undefined;
  #cpuTicks = 0;
  #suspectSince: number | undefined;
  #hung: number | undefined;
  #looking = false;

  constructor(services: ServicePids, shell: Shell) {
    this.#services = services;
    this.#shell = shell;
    this.#timer = setInterval(() => {
      if (this.#looking) return;
      this.#looking = true;
      void this.#look().finally(() => {
        this.#looking = false;
      });
    }, lookMs);
  }

  /** The process that was ended last because it hung; once. */
  takeHung(): number | undefined {
    const hung = this.#hung;
    this.#hung = undefined;
    return hung;
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const stat = this.#pid === undefined ? undefined : await readStat(this.#pid);
    if (!stat || stat.state === 'Z') {
      this.#pid = await this.#services.find('gpu');
      this.#suspectSince = undefined;
      this.#cpuTicks = Number.POSITIVE_INFINITY;
    } else {
      const busy = stat.cpuTicks - this.#cpuTicks > busyShare * ticksPerSecond * (lookMs / 1000);
      this.#cpuTicks = stat.cpuTicks;
      const stopped = stat.state === 'T' || stat.state === 't';
      if (stopped || (busy && !(await this.#answers()))) this.#suspect(this.#pid);
      else this.#suspectSince = undefined;
    }
  }

  #suspect(pid: number | undefined): void {
    this.#suspectSince ??= performance.now();
    if (pid === undefined || performance.now() - this.#suspectSince < silenceMs - lookMs) return;
    this.#suspectSince = undefined;
    this.#hung = pid;
    endProcess(pid, 'SIGKILL');
  }

  /** A pixel of what is on the screen goes through the GPU process and no other. */
  async #answers(): Promise<boolean> {
    const contents = this.#shell.view?.webContents;
    if (!contents || contents.isDestroyed()) return true;
    const answer = (async () => contents.capturePage({ x: 0, y: 0, width: 1, height: 1 }))().then(
      () => true,
      () => true, // it said no, which is an answer
    );
    const late = new Promise<false>((resolve) => setTimeout(resolve, lookMs, false));
    return Promise.race([answer, late]);
  }
}

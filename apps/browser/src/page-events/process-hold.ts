import { endProcess } from '../processes/end-process.ts';

/**
 * Why a process is stopped: its page exceeds its budget (`budget`), the browser must first handle what it sent
 * (`backlog`), or the browser is late while the page takes the processor (`strain`).
 */
export type HoldReason = 'budget' | 'backlog' | 'strain';

/** Stops a process (SIGSTOP) as long as there is a reason. */
export class ProcessHold {
  readonly #reasons = new Set<HoldReason>();
  #pid: number | undefined;

  /** Returns false when the process cannot be stopped: it has ended, or the system has no such signal. */
  hold(pid: number, reason: HoldReason): boolean {
    if (this.#pid === undefined && !endProcess(pid, 'SIGSTOP')) return false;
    this.#pid ??= pid;
    this.#reasons.add(reason);
    return true;
  }

  /** Ends one reason. The process continues when it was the last. */
  end(reason: HoldReason): void {
    this.#reasons.delete(reason);
    if (this.#reasons.size === 0) this.#goOn();
  }

  /** Ends all reasons. */
  release(): void {
    this.#reasons.clear();
    this.#goOn();
  }

  #goOn(): void {
    if (this.#pid === undefined) return;
    const pid = this.#pid;
    this.#pid = undefined;
    endProcess(pid, 'SIGCONT');
  }
}

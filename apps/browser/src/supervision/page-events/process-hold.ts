import { endProcess } from '../../processes/end-process.ts';

/**
 * Why a process is stopped: its page is above its budget, the browser has to work off what it sent, or the browser is
 * late while it takes the processor.
 */
export type HoldReason = 'budget' | 'backlog' | 'strain';

/** Stops a process (SIGSTOP) for as long as there is a reason to. */
export class ProcessHold {
  readonly #reasons = new Set<HoldReason>();
  #pid: number | undefined;

  /** False where the process cannot be stopped: it has ended, or the system has no such signal. */
  hold(pid: number, reason: HoldReason): boolean {
    if (this.#pid === undefined && !endProcess(pid, 'SIGSTOP')) return false;
    this.#pid ??= pid;
    this.#reasons.add(reason);
    return true;
  }

  /** Ends one reason. The process goes on when it was the last. */
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

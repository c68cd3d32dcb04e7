import type { MemoryReaders, ProcessEntry } from '@bulkhead/contracts';
import { whileVisible } from '@bulkhead/ui';
import { SvelteMap } from 'svelte/reactivity';
import type { PageHost } from '../page-host.ts';
import { PortWatch } from '../ports/port-watch.svelte.ts';
import { isGone, withGone } from './gone.ts';

/** Number of samples that are kept per process: one minute. */
const historyLength = 60;

/** Time that a process may take to end before the page says that it is still there. */
const patienceMs = 5000;

type EndResult = Awaited<ReturnType<PageHost['call']['endProcess']>>;
export type EndSignal = Parameters<PageHost['call']['endProcess']>[1];
export type EndFailure = Extract<EndResult, { ok: false }>['reason'] | 'ignored' | 'no-answer';
/** State of an attempt to end a process: a signal was sent, or the attempt failed. */
export type Ending = { signal: EndSignal; state: 'sent'; at: number } | { signal: EndSignal; state: EndFailure };

/** Figures of a process over the last minute, oldest first: CPU in percent of one core, memory in KiB. */
export interface ProcessHistory {
  cpu: readonly number[];
  memory: readonly number[];
}
export const noHistory: ProcessHistory = { cpu: [], memory: [] };

const withNext = (before: readonly number[], next: number | null) =>
  [...before, ...(next === null ? [] : [next])].slice(-historyLength);

/** The processes of the last report, and the attempts to end some of them. */
export class ProcessWatch {
  /** Null until the first list. While rows are held, the list includes processes that have ended since (`isGone`). */
  processes: readonly ProcessEntry[] | null = $state.raw(null);
  memoryReaders: MemoryReaders | null = $state.raw(null);
  /** Attempts by PID, forgotten when the process has ended. */
  readonly endings = new SvelteMap<number, Ending>();
  /** Figures by PID. */
  histories: ReadonlyMap<number, ProcessHistory> = $state.raw(new Map());
  readonly #host: PageHost;
  #held = false;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Reads the lists while this page is visible. Rejects when the connection to the browser is lost. */
  follow(): Promise<void> {
    return whileVisible((signal) => this.#follow(signal));
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for await (const { processes, memoryReaders } of this.#host.stream.processes({ signal })) {
      this.memoryReaders = memoryReaders;
      this.processes = this.#held && this.processes ? withGone(processes, this.processes) : processes;
      this.histories = new Map(
        processes.map(({ pid, cpuPercent, pssKiB }) => {
          const before = this.histories.get(pid) ?? noHistory;
          return [pid, { cpu: withNext(before.cpu, cpuPercent), memory: withNext(before.memory, pssKiB) }];
        }),
      );
      this.#settleEndings(processes);
    }
  }

  /** Keeps the rows of processes that end, so that no other row moves under the pointer. */
  hold(): void {
    this.#held = true;
  }

  letGo(): void {
    this.#held = false;
    this.processes = this.processes?.filter((entry) => !isGone(entry)) ?? null;
  }

  /** Returns a new watch of the ports. */
  portWatch(): PortWatch {
    return new PortWatch(this.#host);
  }

  async end(pid: number, signal: EndSignal): Promise<void> {
    this.endings.set(pid, { signal, state: 'sent', at: performance.now() });
    const result = await this.#host.call.endProcess(pid, signal).catch(() => null);
    if (result?.ok) {
      // A stopped or continued process still exists. The next list has its state.
      if (signal === 'SIGSTOP' || signal === 'SIGCONT') this.endings.delete(pid);
      return;
    }
    // If the process has ended meanwhile, no row can show the failure.
    if (this.endings.has(pid)) this.endings.set(pid, { signal, state: result ? result.reason : 'no-answer' });
  }

  #settleEndings(processes: readonly ProcessEntry[]): void {
    const listed = new Set(processes.map(({ pid }) => pid));
    for (const [pid, ending] of this.endings) {
      if (!listed.has(pid)) this.endings.delete(pid);
      else if (ending.state === 'sent' && performance.now() - ending.at > patienceMs) {
        this.endings.set(pid, { signal: ending.signal, state: 'ignored' });
      }
    }
  }
}

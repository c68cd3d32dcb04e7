import type { MemoryReaders, ProcessEntry } from '@bulkhead/contracts';
import { whileVisible } from '@bulkhead/ui';
import { SvelteMap } from 'svelte/reactivity';
import type { PageHost } from '../page-host.ts';
import { PortWatch } from '../ports/port-watch.svelte.ts';
import { isGone, withGone } from './gone.ts';

/** Samples that are kept of each process: a minute of them. */
const historyLength = 60;

/** How long a process may take to end before the page says that it is still there. */
const patienceMs = 5000;

type EndResult = Awaited<ReturnType<PageHost['call']['endProcess']>>;
export type EndSignal = Parameters<PageHost['call']['endProcess']>[1];
export type EndFailure = Extract<EndResult, { ok: false }>['reason'] | 'ignored' | 'no-answer';
/** What has been done to end a process: a signal is on its way, or it came to nothing. */
export type Ending = { signal: EndSignal; state: 'sent'; at: number } | { signal: EndSignal; state: EndFailure };

/** The last minute of a process, oldest first: percent of one core, and KiB. */
export interface ProcessHistory {
  cpu: readonly number[];
  memory: readonly number[];
}
export const noHistory: ProcessHistory = { cpu: [], memory: [] };

const withNext = (before: readonly number[], next: number | null) =>
  [...before, ...(next === null ? [] : [next])].slice(-historyLength);

/** Every process as last reported, and what has been done to end some. */
export class ProcessWatch {
  /** Null until the first list has come. While they are held, those that have gone since are among them (`isGone`). */
  processes: readonly ProcessEntry[] | null = $state.raw(null);
  memoryReaders: MemoryReaders | null = $state.raw(null);
  /** By PID; forgotten when the process has gone. */
  readonly endings = new SvelteMap<number, Ending>();
  /** By PID. */
  histories: ReadonlyMap<number, ProcessHistory> = $state.raw(new Map());
  readonly #host: PageHost;
  #held = false;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Follows the lists while this page is visible. Rejects when the browser sends no more of them. */
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

  /** Somebody aims at a row: the row of a process that ends stays, for the next one would come under the pointer. */
  hold(): void {
    this.#held = true;
  }

  letGo(): void {
    this.#held = false;
    this.processes = this.processes?.filter((entry) => !isGone(entry)) ?? null;
  }

  /** What its processes say to each other, to be followed. */
  portWatch(): PortWatch {
    return new PortWatch(this.#host);
  }

  async end(pid: number, signal: EndSignal): Promise<void> {
    this.endings.set(pid, { signal, state: 'sent', at: performance.now() });
    const result = await this.#host.call.endProcess(pid, signal).catch(() => null);
    if (result?.ok) {
      // Stopped or going on again, it is still there: the next list says in which state.
      if (signal === 'SIGSTOP' || signal === 'SIGCONT') this.endings.delete(pid);
      return;
    }
    // It may have gone while the answer was on its way: then there is no row that could say so.
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

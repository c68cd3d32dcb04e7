import type { ProcessEntry } from '@bulkhead/contracts';
import { SvelteMap } from 'svelte/reactivity';
import type { EndResult, EndSignal, PageClient } from '../page-client.ts';

/** How long a process may take to end before the page says that it is still there. */
const patienceMs = 5000;

export type Ending = { signal: EndSignal; state: 'sent'; at: number } | { signal: EndSignal; state: EndFailure };
export type EndFailure = Extract<EndResult, { ok: false }>['reason'] | 'ignored' | 'no-answer';

/** Every process as last reported, and what has been done to end some. */
export class ProcessWatch {
  /** Null until the first list has come. */
  processes: readonly ProcessEntry[] | null = $state.raw(null);
  /** By PID; forgotten when the process has gone. */
  readonly endings = new SvelteMap<number, Ending>();
  readonly #client: PageClient;

  constructor(client: PageClient) {
    this.#client = client;
    client.watchProcesses(({ processes }) => {
      this.processes = processes;
      this.#settleEndings(processes);
    });
  }

  async end(pid: number, signal: EndSignal): Promise<void> {
    this.endings.set(pid, { signal, state: 'sent', at: Date.now() });
    const result = await this.#client.endProcess(pid, signal).catch(() => null);
    // The page itself may be the one that has ended: then nobody reads this.
    if (!result) this.endings.set(pid, { signal, state: 'no-answer' });
    else if (!result.ok) this.endings.set(pid, { signal, state: result.reason });
  }

  #settleEndings(processes: readonly ProcessEntry[]): void {
    const listed = new Set(processes.map(({ pid }) => pid));
    for (const [pid, ending] of this.endings) {
      if (!listed.has(pid)) this.endings.delete(pid);
      else if (ending.state === 'sent' && Date.now() - ending.at > patienceMs) {
        this.endings.set(pid, { signal: ending.signal, state: 'ignored' });
      }
    }
  }
}

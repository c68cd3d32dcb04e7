import type { PortEnvelope, PortList } from '@bulkhead/contracts';
import { whileVisible } from '@bulkhead/ui';
import type { PageHost } from '../page-host.ts';
import { type PortRates, ratesBetween } from './port-rates.ts';

/** Most envelopes that are kept for display. */
const mostKept = 200;

export interface NumberedEnvelope extends PortEnvelope {
  number: number;
}

/** The open ports of the last report, and the envelopes that pass while the user taps. */
export class PortWatch {
  /** Null until the first report has come. */
  newest: PortList | null = $state.raw(null);
  rates: ReadonlyMap<string, PortRates> = $state.raw(new Map());
  /** Envelopes, the newest first. */
  envelopes: readonly NumberedEnvelope[] = $state.raw([]);
  /** Number of envelopes since tapping began or the list was cleared. */
  seen = $state(0);
  missed = $state(0);
  tapping = $state(false);
  readonly #host: PageHost;
  #tap: AbortController | undefined;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Reads the reports while this page is visible, until `stop`. Rejects when the connection to the browser is lost. */
  follow(stop?: AbortSignal): Promise<void> {
    return whileVisible(async (visible) => {
      const signal = stop ? AbortSignal.any([stop, visible]) : visible;
      try {
        for await (const report of this.#host.stream.ports({ signal })) {
          this.rates = ratesBetween(this.newest, report);
          this.newest = report;
        }
      } catch (error) {
        if (!stop?.aborted) throw error;
      }
    });
  }

  /** Taps until `stopTap`. Rejects when the connection to the browser is lost. */
  async tap(): Promise<void> {
    this.#tap?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    this.#tap = controller;
    this.tapping = true;
    try {
      for await (const { envelopes, missed } of this.#host.stream.envelopes({ signal })) {
        const first = this.seen + 1;
        this.seen += envelopes.length;
        this.missed += missed;
        const numbered = envelopes.map((envelope, index) => ({ ...envelope, number: first + index }));
        this.envelopes = [...numbered.reverse(), ...this.envelopes].slice(0, mostKept);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Stops tapping. Keeps the envelopes for reading. */
  stopTap(): void {
    this.tapping = false;
    this.#tap?.abort();
  }

  clear(): void {
    this.envelopes = [];
    this.seen = 0;
    this.missed = 0;
  }
}

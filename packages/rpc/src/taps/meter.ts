import type { Direction, Envelope, MethodCounters, PortCounters } from './counters.ts';
import { type TapListener, type TapOptions, Taps, tapsOfAll } from './taps.ts';

/** Counts the messages of one end of a port, and passes their envelopes to taps. */
export class Meter {
  readonly counters: PortCounters;
  readonly #contract: string;
  readonly #here: string;
  readonly #there: string;
  readonly #attempt: (task: () => void) => void;
  readonly #taps = new Taps();

  /** `attempt` runs code that is not rpc's own. */
  constructor(
    counters: PortCounters,
    contract: string,
    here: string,
    there: string,
    attempt: (task: () => void) => void,
  ) {
    this.counters = counters;
    this.#contract = contract;
    this.#here = here;
    this.#there = there;
    this.#attempt = attempt;
  }

  tap(listener: TapListener, options?: TapOptions): () => void {
    return this.#taps.add(listener, options);
  }

  /** Counts a sent message. For a reply, `startedAt` is when its call arrived here. */
  sent(
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    payload: unknown,
    startedAt?: number,
  ): void {
    this.counters.sent.bytes += bytes;
    this.#count('out', kind, method, counters, bytes, payload, startedAt);
  }

  /** Counts a received message. For a reply, `startedAt` is when its call was made here. */
  received(
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    payload: unknown,
    startedAt?: number,
  ): void {
    this.counters.received.bytes += bytes;
    this.#count('in', kind, method, counters, bytes, payload, startedAt);
  }

  end(): void {
    this.#taps.clear();
  }

  #count(
    direction: Direction,
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    payload: unknown,
    startedAt: number | undefined,
  ): void {
    if (counters) {
      counters.messages += 1;
      counters.bytes += bytes;
      if (startedAt !== undefined) counters.latency.add(performance.now() - startedAt);
    }
    if (!this.#taps.any && !tapsOfAll.any) return;
    const at = performance.now();
    const [from, to] = direction === 'out' ? [this.#here, this.#there] : [this.#there, this.#here];
    const envelope: Envelope = { at, contract: this.#contract, from, to, direction, kind, method, bytes };
    if (startedAt !== undefined) envelope.latencyMs = at - startedAt;
    this.#taps.tell(envelope, payload, this.#attempt);
    tapsOfAll.tell(envelope, payload, this.#attempt);
  }
}

import type { BeatWatch } from '@bulkhead/rpc';
import type { Tab } from '../tab.ts';
import type { PageReading } from './drill-pages.ts';
import type { SurvivorReading } from './drill-result.ts';
import { until } from './until.ts';

/** Answers to heartbeats that every observation goes on for at least, so that a short one cannot look good. */
const beatsToObserve = 5;

/** One tab of the drill: writes state into its page, then watches whether it is still there. */
export class Witness {
  readonly tab: Tab;
  readonly #note: string;

  constructor(tab: Tab) {
    this.tab = tab;
    this.#note = `note of tab ${tab.id}`;
  }

  /** Resolves when the page runs and its note is written. Its timers are kept from being throttled in the background. */
  async prepare(): Promise<void> {
    this.tab.contents.setBackgroundThrottling(false);
    await until(`the page of tab ${this.tab.id}`, () => this.#evaluate<boolean>('Boolean(globalThis.witness)'));
    await this.#evaluate(`witness.type(${JSON.stringify(this.#note)})`);
    await until(`the port of tab ${this.tab.id}`, () => (this.tab.connection?.heartbeat().answered ?? 0) > 0);
  }

  async observe(): Promise<Observation> {
    const before = await this.#evaluate<PageReading>('witness.read()');
    const { pid, connection } = this.tab;
    if (!connection) throw new Error(`tab ${this.tab.id} has no port`);
    return new Observation(this, pid, before, connection.watchBeats());
  }

  /** What the page says now, undefined when nobody answers. */
  read(): Promise<PageReading | undefined> {
    return this.#evaluate<PageReading>('witness.read()').catch(() => undefined);
  }

  wrote(text: string): boolean {
    return text === this.#note;
  }

  async #evaluate<Value>(script: string): Promise<Value> {
    // In the drill's own page, never in somebody else's. A page that is dead or hangs would never answer.
    const answer = this.tab.contents.executeJavaScript(script);
    const { promise: deadline, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(reject, 5000, new Error(`tab ${this.tab.id} did not answer within 5 s`));
    return Promise.race([answer, deadline]).finally(() => clearTimeout(timer));
  }
}

/** What became of one witness since the observation began. */
export class Observation {
  readonly #witness: Witness;
  readonly #pid: number | null;
  readonly #before: PageReading;
  readonly #beats: BeatWatch;

  constructor(witness: Witness, pid: number | null, before: PageReading, beats: BeatWatch) {
    this.#witness = witness;
    this.#pid = pid;
    this.#before = before;
    this.#beats = beats;
  }

  /** Ends the observation once it has lasted for some heartbeats, answered or lost. */
  async end(): Promise<SurvivorReading> {
    const { tab } = this.#witness;
    await until(`heartbeats of tab ${tab.id}`, () => {
      const { answered, lost } = this.#beats.counts();
      return answered + lost >= beatsToObserve;
    });
    const after = await this.#witness.read();
    const { lost } = this.#beats.counts();
    this.#beats.stop();
    const stateKept =
      after !== undefined &&
      after.token === this.#before.token &&
      after.counter > this.#before.counter &&
      this.#witness.wrote(after.text);
    return {
      tab: tab.id,
      pidKept: tab.pid !== null && tab.pid === this.#pid,
      stateKept,
      longestGapMs: after?.longestGapMs ?? Number.NaN,
      heartbeatsLost: lost,
    };
  }
}

import type { WitnessReading } from '@bulkhead/contracts';
import type { BeatWatch } from '@bulkhead/rpc';
import type { Tab } from '../tabs/tab.ts';
import type { PageReading } from './drill-pages.ts';
import { until, within } from './until.ts';

/** Longest wait for a page's answer, ms. */
const answerMs = 5000;

/** One tab of the drill. Writes state into its page, then checks whether the state is still there. */
export class Witness {
  readonly tab: Tab;
  readonly beats: number;
  readonly #note: string;
  #token: string | undefined;

  /** `beats`: least number of heartbeats of each observation. */
  constructor(tab: Tab, beats: number) {
    this.tab = tab;
    this.beats = beats;
    this.#note = `note of tab ${tab.id}`;
  }

  /** Token of its present document, by which the others know it. */
  get token(): string | undefined {
    return this.#token;
  }

  /** Waits until the page runs, and writes the note. Resolves when the tab has answered a heartbeat. */
  async prepare(): Promise<void> {
    await until(`the page of tab ${this.tab.id}`, () => this.#evaluate<boolean>('Boolean(globalThis.witness)'));
    await this.#evaluate(`witness.type(${JSON.stringify(this.#note)})`);
    await until(`the port of tab ${this.tab.id}`, () => (this.tab.connection?.heartbeat().answered ?? 0) > 0);
  }

  async observe(): Promise<Observation> {
    // The tab has already ended: the observation reports that.
    if (this.tab.pid === null) return new Observation(this, null);
    // Keep its timers running in the background, where Chromium throttles pages.
    this.tab.contents.setBackgroundThrottling(false);
    await this.#evaluate<PageReading>('witness.read()');
    const before = await this.#evaluate<PageReading>('witness.read()');
    this.#token = before.token;
    const { pid, connection } = this.tab;
    if (!connection) throw new Error(`tab ${this.tab.id} has no port`);
    return new Observation(this, pid, { before, beats: connection.watchBeats() });
  }

  /** Returns the page's present state; undefined if the page does not answer. */
  read(): Promise<PageReading | undefined> {
    return this.#evaluate<PageReading>('witness.read()').catch(() => undefined);
  }

  wrote(text: string): boolean {
    return text === this.#note;
  }

  async #evaluate<Value>(script: string): Promise<Value> {
    // Runs only in the drill's own pages. A dead or hanging page would never answer, hence the deadline.
    const answer = this.tab.contents.executeJavaScript(script);
    return within(`tab ${this.tab.id} to answer`, answer, answerMs);
  }
}

const noBeats = { answered: 0, lost: 0 };

/** Course of one witness since the observation began. */
export class Observation {
  readonly witness: Witness;
  readonly #pid: number | null;
  readonly #before: PageReading | undefined;
  readonly #beats: BeatWatch | undefined;

  constructor(witness: Witness, pid: number | null, alive?: { before: PageReading; beats: BeatWatch }) {
    this.witness = witness;
    this.#pid = pid;
    this.#before = alive?.before;
    this.#beats = alive?.beats;
  }

  /**
   * Ends the observation after its least number of heartbeats, answered or lost. `others` are the tokens of the
   * documents that the witness must have heard without a gap.
   */
  async end(others: readonly (string | undefined)[]): Promise<WitnessReading> {
    const { tab } = this.witness;
    // A witness that did not survive answers no heartbeats.
    const gone = () => tab.pid === null || tab.pid !== this.#pid;
    await until(`heartbeats of tab ${tab.id}`, () => {
      const { answered, lost } = this.#beats?.counts() ?? noBeats;
      return gone() || answered + lost >= this.witness.beats;
    });
    const after = gone() ? undefined : await this.witness.read();
    const { lost } = this.#beats?.counts() ?? noBeats;
    this.#beats?.stop();
    const stateKept =
      after !== undefined &&
      this.#before !== undefined &&
      after.token === this.#before.token &&
      after.counter > this.#before.counter &&
      this.witness.wrote(after.text);
    const heard = others.flatMap((token) => (token === undefined ? [] : after?.heard[token]));
    return {
      tab: tab.id,
      pidKept: !gone(),
      stateKept,
      longestGapMs: after?.longestGapMs ?? null,
      longestFrameGapMs: after?.longestFrameGapMs ?? null,
      heartbeatsLost: lost,
      // If a document was not heard at all, all its messages were lost, about fifty a second. Count that as one.
      messagesLost: heard.reduce((sum, of) => sum + (of ? of.lost : 1), 0),
    };
  }
}

/** Observes these witnesses while `act` runs, and for some heartbeats after it. */
export async function observing<Value>(witnesses: readonly Witness[], act: () => Promise<Value>) {
  const observations = await Promise.all(witnesses.map((witness) => witness.observe()));
  const value = await act();
  const readings = await Promise.all(
    observations.map((observation) =>
      observation.end(witnesses.filter((each) => each !== observation.witness).map(({ token }) => token)),
    ),
  );
  return { value, readings };
}

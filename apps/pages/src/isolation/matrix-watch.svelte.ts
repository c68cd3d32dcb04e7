import type { Fault, FaultOffer, MatrixRun, MatrixRunSummary } from '@bulkhead/contracts';
import type { PageHost } from '../page-host.ts';

type Format = Parameters<PageHost['call']['exportMatrixRun']>[1];

/** The catalogue, the current or last run, and the saved runs. */
export class MatrixWatch {
  offers: readonly FaultOffer[] = $state.raw([]);
  run: MatrixRun | null = $state.raw(null);
  runs: readonly MatrixRunSummary[] = $state.raw([]);
  /** The saved run that the current one is compared with. */
  earlier: MatrixRun | null = $state.raw(null);
  readonly running = $derived(this.run !== null && this.run.endedAt === null);
  readonly #host: PageHost;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Reads the run's updates. Rejects when the connection to the browser is lost. */
  async follow(): Promise<void> {
    this.offers = await this.#host.call.faults();
    await this.#loadRuns();
    for await (const run of this.#host.stream.matrix()) {
      const ended = this.running && run?.endedAt !== null;
      this.run = run;
      if (ended) await this.#loadRuns();
    }
  }

  /** Starts these cells; with null, all cells. */
  async start(faults: Fault[] | null): Promise<void> {
    await this.#host.call.startMatrix(faults);
  }

  async stop(): Promise<void> {
    await this.#host.call.stopMatrix();
  }

  async compareWith(id: string): Promise<void> {
    this.earlier = id === '' ? null : await this.#host.call.matrixRun(id);
  }

  /** Deletes a saved run. False if its file could not be deleted. */
  async delete(id: string): Promise<boolean> {
    const gone = await this.#host.call.deleteMatrixRun(id);
    if (gone && this.earlier?.id === id) this.earlier = null;
    await this.#loadRuns();
    return gone;
  }

  /** Returns the displayed run as a text; null if it was never saved. */
  async export(format: Format): Promise<string | null> {
    return this.run && this.#host.call.exportMatrixRun(this.run.id, format);
  }

  async #loadRuns(): Promise<void> {
    this.runs = await this.#host.call.matrixRuns();
  }
}

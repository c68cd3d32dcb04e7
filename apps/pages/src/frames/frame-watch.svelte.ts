import type { FrameBufferReport, FrameBuffersReport, FramePicture } from '@bulkhead/contracts';
import type { PageHost } from '../page-host.ts';
import { type FrameRates, keepSpan, ratesBetween } from './frame-rates.ts';
import { changedWords } from './words.ts';

/** Rates are of the last second. */
const rateSpanMs = 1000;

export interface WatchedBuffer {
  report: FrameBufferReport;
  rates: FrameRates | null;
  /** Words that are different from the report before, by `wordKey`. */
  changed: ReadonlySet<string>;
}

/** Every live buffer as last reported, and the newest picture. */
export class FrameWatch {
  /** Null until the first report has come. */
  newest: FrameBuffersReport | null = $state.raw(null);
  buffers: readonly WatchedBuffer[] = $state.raw([]);
  /** Null while there is none: whoever drew the last one may have gone. */
  picture: FramePicture | null = $state.raw(null);
  /** What is shown stays as it is, to be read at leisure. */
  paused = $state(false);
  #reports: FrameBuffersReport[] = [];
  #newestPicture: FramePicture | null = null;
  readonly #host: PageHost;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Follows both streams. Rejects when the browser sends no more of them. */
  async follow(): Promise<void> {
    await Promise.all([this.#followReports(), this.#followPictures()]);
  }

  togglePause(): void {
    this.paused = !this.paused;
    if (!this.paused) this.picture = this.#newestPicture;
  }

  async #followReports(): Promise<void> {
    for await (const report of this.#host.stream.frameBuffers()) {
      const before = this.#reports.at(-1);
      this.#reports = keepSpan([...this.#reports, report], rateSpanMs);
      if (this.paused) continue;
      this.newest = report;
      this.buffers = report.buffers.map((buffer) => ({
        report: buffer,
        rates: ratesBetween(this.#reports[0], report, buffer),
        changed: changedWords(
          before?.buffers.find(({ key }) => key === buffer.key),
          buffer,
        ),
      }));
    }
  }

  async #followPictures(): Promise<void> {
    for await (const picture of this.#host.stream.framePictures()) {
      this.#newestPicture = picture;
      if (!this.paused) this.picture = picture;
    }
  }
}

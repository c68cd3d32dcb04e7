import type { FrameBufferReport, FrameBuffersReport, FramePicture } from '@bulkhead/contracts';
import { whileVisible } from '@bulkhead/ui';
import type { PageHost } from '../page-host.ts';
import { type FrameRates, keepSpan, ratesBetween } from './frame-rates.ts';
import { changedWords } from './words.ts';

/** Time over which rates are computed. */
const rateSpanMs = 1000;

export interface WatchedBuffer {
  report: FrameBufferReport;
  rates: FrameRates | null;
  /** Words that differ from the previous report, by `wordKey`. */
  changed: ReadonlySet<string>;
}

/** The live buffers of the last report, and the newest picture. */
export class FrameWatch {
  /** Null until the first report has come. */
  newest: FrameBuffersReport | null = $state.raw(null);
  buffers: readonly WatchedBuffer[] = $state.raw([]);
  /** The newest picture; null while there is none. The plugin process that drew it may have ended. */
  picture: FramePicture | null = $state.raw(null);
  /** The newest picture, if the plugin process that drew it still runs. An old picture must not look live. */
  readonly livePicture = $derived.by(() => {
    const plugin = this.newest?.plugin;
    return plugin?.status === 'running' && this.picture?.pid === plugin.pid ? this.picture : null;
  });
  /** Whether the display is frozen for reading. */
  paused = $state(false);
  #reports: FrameBuffersReport[] = [];
  #newestPicture: FramePicture | null = null;
  readonly #host: PageHost;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Reads both streams while this page is visible. Rejects when the connection to the browser is lost. */
  follow(): Promise<void> {
    return whileVisible(async (signal) => {
      await Promise.all([this.#followReports(signal), this.#followPictures(signal)]);
    });
  }

  togglePause(): void {
    this.paused = !this.paused;
    if (!this.paused) this.picture = this.#newestPicture;
  }

  async #followReports(signal: AbortSignal): Promise<void> {
    for await (const report of this.#host.stream.frameBuffers({ signal })) {
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

  async #followPictures(signal: AbortSignal): Promise<void> {
    for await (const picture of this.#host.stream.framePictures({ signal })) {
      this.#newestPicture = picture;
      if (!this.paused) this.picture = picture;
    }
  }
}

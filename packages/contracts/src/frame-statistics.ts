import * as v from 'valibot';
import { count, fraction, milliseconds, pixels } from './primitives.ts';
import { tabId } from './tab-health.ts';

const channel = v.pipe(v.number(), v.minValue(0), v.maxValue(255));
/** A whole offset that may be negative in right-to-left pages. */
const scrollOffset = v.pipe(v.number(), v.finite());

/** What the frame-stats plugin computed from one frame: in place, in shared memory, where there is such memory. */
export const frameStatistics = v.strictObject({
  /** Sequence number of the frame, as its writer (the browser) published it. */
  sequence: count,
  width: pixels,
  height: pixels,
  /** Mean of every pixel, 0 to 255 a channel. */
  averageColour: v.strictObject({ red: channel, green: channel, blue: channel }),
  /** Share of the pixels that differ from the frame before; 0 for a buffer's first frame. */
  changed: fraction,
  /** Frames that were published and never read, since the buffer was attached. */
  dropped: count,
  /** Time that the computation took. */
  computeMs: milliseconds,
  /** Where the page is scrolled to, asked of the tab over the port between plugin and tab; null if it did not answer. */
  scroll: v.nullable(v.strictObject({ x: scrollOffset, y: scrollOffset })),
});
export type FrameStatistics = v.InferOutput<typeof frameStatistics>;

/** The same, as the shell shows it. */
export const tabFrameStatistics = v.strictObject({
  tab: tabId,
  statistics: frameStatistics,
  /** Frames that the browser published in the last second. */
  framesPerSecond: count,
  /** Bytes of all pixels that were written for the plugin, and of all messages that went through its port. */
  frameBytes: count,
  /** The pixels were copied over a port of their own: there is no shared memory here. */
  copied: v.boolean(),
  portBytes: count,
});
export type TabFrameStatistics = v.InferOutput<typeof tabFrameStatistics>;

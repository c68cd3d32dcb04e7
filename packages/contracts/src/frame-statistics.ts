import * as v from 'valibot';
import { count, fraction, milliseconds, pixels } from './primitives.ts';
import { tabId } from './tab-health.ts';

const channel = v.pipe(v.number(), v.minValue(0), v.maxValue(255));
/** CSS pixels; negative in right-to-left pages. */
const scrollOffset = v.pipe(v.number(), v.finite());

/** Findings of the frame-stats plugin for one frame, computed in place if there is shared memory. */
export const frameStatistics = v.strictObject({
  /** Sequence number of the frame, as its writer (the browser) published it. */
  sequence: count,
  width: pixels,
  height: pixels,
  /** Mean of every pixel, 0 to 255 a channel. */
  averageColour: v.strictObject({ red: channel, green: channel, blue: channel }),
  /** Share of the pixels that differ from the previous frame; 0 for a buffer's first frame. */
  changed: fraction,
  /** Frames that were published and never read, since the buffer was attached. */
  dropped: count,
  /** Duration of the computation. */
  computeMs: milliseconds,
  /** Scroll position, asked over the port between plugin and tab; null if the tab did not answer. */
  scroll: v.nullable(v.strictObject({ x: scrollOffset, y: scrollOffset })),
});
export type FrameStatistics = v.InferOutput<typeof frameStatistics>;

/** Frame statistics as the shell shows them. */
export const tabFrameStatistics = v.strictObject({
  tab: tabId,
  statistics: frameStatistics,
  /** Frames that the browser published in the last second. */
  framesPerSecond: count,
  /** Total bytes of pixels written for the plugin. `portBytes`: total bytes of messages on its port. */
  frameBytes: count,
  /** Whether the pixels were copied over a port of their own, because there is no shared memory. */
  copied: v.boolean(),
  portBytes: count,
});
export type TabFrameStatistics = v.InferOutput<typeof tabFrameStatistics>;

import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count } from './primitives.ts';

/** Faults that only the preload can cause, because they need its port or its `process`. */
export const preloadFault = v.picklist(['segmentation-fault', 'message-flood', 'malformed-message', 'closed-port']);
export type PreloadFault = v.InferOutput<typeof preloadFault>;

/** A cross-site subframe whose process has ended. It is a child of the main frame. */
export const frameToMark = v.strictObject({
  /** Index among the main frame's children: `window.frames[index]`. */
  index: count,
  /** Address to load again. */
  address: bounded(pageLimits.frameAddressLength),
});
export type FrameToMark = v.InferOutput<typeof frameToMark>;

/** Text on a sad frame, in the language of the interface. */
export const sadFrameWords = v.strictObject({ gone: bounded(200), reload: bounded(200) });
export type SadFrameWords = v.InferOutput<typeof sadFrameWords>;

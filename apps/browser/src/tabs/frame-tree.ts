import { pageLimits } from '@bulkhead/contracts';

/** A frame of a page, with those in it. Reading them throws where it has gone. */
interface Frame<Self> {
  readonly frames: readonly Self[];
}

/**
 * All frames of a page, itself first, the nearest before those in them. Chromium's own bound is kept by the page's
 * process, so one that was taken over may have any number: no more than `most` are looked at.
 */
export function framesOf<Each extends Frame<Each>>(page: Each, most: number = pageLimits.mostWalkedFrames): Each[] {
  const found = [page];
  for (const frame of found) if (found.length < most) found.push(...childrenOf(frame, most - found.length));
  return found;
}

/** Frames right inside this one; none where it has gone. */
export function childrenOf<Each extends Frame<Each>>(frame: Each, most: number = pageLimits.mostWalkedFrames): Each[] {
  try {
    return frame.frames.slice(0, most);
  } catch {
    return [];
  }
}

/** Undefined where a frame has none: the runtime throws for one whose process has gone. */
export function processOf(frame: { readonly osProcessId: number }): number | undefined {
  try {
    return frame.osProcessId > 0 ? frame.osProcessId : undefined;
  } catch {
    return undefined;
  }
}

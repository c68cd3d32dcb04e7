import { pageLimits } from '@bulkhead/contracts';

/** A frame of a page, with its child frames. Reading `frames` throws when the frame is destroyed. */
interface Frame<Self> {
  readonly frames: readonly Self[];
}

/**
 * Returns the frames of a page, the page first, outer frames before inner ones. Chromium enforces its limit of frames
 * in the page's process, so a compromised process may have any number: only `most` are read.
 */
export function framesOf<Each extends Frame<Each>>(page: Each, most: number = pageLimits.mostWalkedFrames): Each[] {
  const found = [page];
  for (const frame of found) if (found.length < most) found.push(...childrenOf(frame, most - found.length));
  return found;
}

/** Returns the direct child frames. Empty when the frame is destroyed. */
export function childrenOf<Each extends Frame<Each>>(frame: Each, most: number = pageLimits.mostWalkedFrames): Each[] {
  try {
    return frame.frames.slice(0, most);
  } catch {
    return [];
  }
}

/** Returns the frame's process. Undefined without one: Electron throws when the process has ended. */
export function processOf(frame: { readonly osProcessId: number }): number | undefined {
  try {
    return frame.osProcessId > 0 ? frame.osProcessId : undefined;
  } catch {
    return undefined;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeImage, Rectangle, WebContents } from 'electron';

/** Pictures that are being taken. */
const underWay = new Set<Promise<unknown>>();
let hasEnded = false;

/** Longest that the end of the program waits for them, ms: a GPU process that somebody has stopped goes on by then. */
const mostWaitMs = 3000;

/** Takes a picture of what a page shows; undefined when it has gone, or has never been drawn. */
export async function takePicture(contents: WebContents, area?: Rectangle): Promise<NativeImage | undefined> {
  if (hasEnded) return undefined;
  const taken = contents.capturePage(area, { stayHidden: true }).catch(() => undefined);
  underWay.add(taken);
  try {
    return await taken;
  } finally {
    underWay.delete(taken);
  }
}

/**
 * Before the window closes for good: the runtime crashes at its exit where it still takes a picture of a page that has
 * gone. Undefined when there is nothing to wait for. None is taken any more.
 */
export function endPictures(): Promise<unknown> | undefined {
  if (hasEnded) return undefined;
  hasEnded = true;
  return underWay.size > 0 ? Promise.race([Promise.all(underWay), sleep(mostWaitMs)]) : undefined;
}

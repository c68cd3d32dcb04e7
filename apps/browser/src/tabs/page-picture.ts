import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeImage, Rectangle, WebContents } from 'electron';

/** Pictures that are being taken. */
const underWay = new Set<Promise<unknown>>();
/** The window closes: none is taken any more. */
let closes = false;
/** They have been waited for. */
let isOver = false;

/** Longest that the end of the program waits for them, ms. The guard continues a stopped GPU process sooner. */
const mostWaitMs = 3000;

/** Takes a picture of what a page shows; undefined when it has gone, or has never been drawn. */
export async function takePicture(contents: WebContents, area?: Rectangle): Promise<NativeImage | undefined> {
  if (closes) return undefined;
  const taken = contents.capturePage(area, { stayHidden: true }).catch(() => undefined);
  underWay.add(taken);
  try {
    return await taken;
  } finally {
    underWay.delete(taken);
  }
}

/**
 * Call before the window closes for good. Resolves when it may; undefined when it may at once. The runtime crashes at its
 * exit if it still takes a picture of a page that has gone.
 */
export function endPictures(): Promise<void> | undefined {
  closes = true;
  if (isOver || underWay.size === 0) return undefined;
  return Promise.race([Promise.all(underWay), sleep(mostWaitMs)]).then(() => {
    isOver = true;
  });
}

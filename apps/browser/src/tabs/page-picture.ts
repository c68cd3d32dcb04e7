import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeImage, Rectangle, WebContents } from 'electron';

/** Snapshots that are being taken. */
const underWay = new Set<Promise<unknown>>();
/** The window closes: take no new snapshots. */
let closes = false;
/** The pending snapshots have been waited for. */
let isOver = false;

/** Longest wait for pending snapshots at shutdown, ms. The guard continues a stopped GPU process sooner. */
const mostWaitMs = 3000;

/** Takes a snapshot of a page. Returns undefined when the page is gone or was never drawn. */
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
 * Call this before the window closes for good. Returns undefined when the window may close at once, otherwise a promise
 * that resolves when it may. Electron crashes at its exit if it still takes a snapshot of a page that is gone.
 */
export function endPictures(): Promise<void> | undefined {
  closes = true;
  if (isOver || underWay.size === 0) return undefined;
  return Promise.race([Promise.all(underWay), sleep(mostWaitMs)]).then(() => {
    isOver = true;
  });
}

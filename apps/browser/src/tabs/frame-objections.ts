import { setTimeout as sleep } from 'node:timers/promises';
import type { WebFrameMain } from 'electron';
import { framesOf } from './frame-tree.ts';

/** Maximum number of frames of one page to ask. */
const mostFrames = 100;
/** Longest wait for a frame, ms. The same as for the document itself. */
const deadlineMs = 1000;

/** As in Chromium: a frame that the user has not touched is not asked, and a listener that throws does not object. */
const question = `(() => {
  try {
    if (!navigator.userActivation.hasBeenActive) return false;
    const event = document.createEvent('BeforeUnloadEvent');
    event.initEvent('beforeunload', false, true);
    dispatchEvent(event);
    return event.defaultPrevented || String(event.returnValue) !== '';
  } catch {
    return false;
  }
})() === true`;

type Frame = Pick<WebFrameMain, 'executeJavaScript'> & { readonly frames: readonly Frame[] };

/**
 * Says whether a subframe of a document, of any site, objects to being closed. The document's preload cannot access
 * subframes of other sites, and they have no preload. A frame may answer anything. A frame that does not answer in time
 * does not object.
 */
export async function framesObject(document: Frame): Promise<boolean> {
  const below = framesOf(document, mostFrames + 1).slice(1);
  const objecting = below.map(async (frame) => (await frame.executeJavaScript(question)) === true);
  if (objecting.length === 0) return false;
  const answers = objecting.map((answer) => answer.catch(() => false)); // the frame is gone
  // The first objection decides.
  const objects = new Promise<boolean>((resolve) => {
    for (const answer of answers) void answer.then((objects) => objects && resolve(true));
    void Promise.all(answers).then(() => resolve(false));
  });
  return Promise.race([objects, sleep(deadlineMs, false)]);
}

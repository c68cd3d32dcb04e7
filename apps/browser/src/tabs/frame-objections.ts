import { setTimeout as sleep } from 'node:timers/promises';
import type { WebFrameMain } from 'electron';
import { framesOf } from './frame-tree.ts';

/** Most frames of one page that are asked. */
const mostFrames = 100;
/** How long a frame may take, ms: the same as the document itself. */
const deadlineMs = 1000;

/** As Chromium asks: a frame that the user has not touched is not asked, and a listener that throws objects to nothing. */
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
 * Whether a frame of a document, of whatever site, objects to being closed. The document's preload cannot look into
 * those of other sites, and no preload runs in them. What a frame answers is its own; one that does not answer in time
 * objects to nothing.
 */
export async function framesObject(document: Frame): Promise<boolean> {
  const below = framesOf(document, mostFrames + 1).slice(1);
  const objecting = below.map(async (frame) => (await frame.executeJavaScript(question)) === true);
  if (objecting.length === 0) return false;
  const answers = objecting.map((answer) => answer.catch(() => false)); // it has gone
  // The first that objects decides.
  const objects = new Promise<boolean>((resolve) => {
    for (const answer of answers) void answer.then((objects) => objects && resolve(true));
    void Promise.all(answers).then(() => resolve(false));
  });
  return Promise.race([objects, sleep(deadlineMs, false)]);
}

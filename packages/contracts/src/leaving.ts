import * as v from 'valibot';

export { leavingChannel } from './leaving-channel.ts';

/**
 * Sent by a tab's preload when a page's own navigation leaves a document that objects (`beforeunload`). The preload
 * waits for the answer, which carries nothing. It is the only synchronous message: Chromium's own question to the
 * embedder has to be answered at once, and a refused navigation cannot be repeated with its form and referrer. Sent by
 * apps/tab from the main frame, HOSTILE. Received by apps/browser, which answers at once, except for the one question
 * that it asks the user.
 */
export const leaving = v.strictObject({
  /** Whether the user has just done something in the page. */
  byGesture: v.boolean(),
});
export type Leaving = v.InferOutput<typeof leaving>;

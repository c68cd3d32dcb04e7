import * as v from 'valibot';

export { leavingChannel } from './leaving-channel.ts';

/**
 * A page's own navigation leaves a document that objects (`beforeunload`): the tab's preload sends this to the browser
 * and waits for the answer, which carries nothing. It is the one message that is synchronous: Chromium's own question
 * to the embedder has to be answered at once, and a navigation that was refused cannot be repeated with its form and
 * its referrer. Sent by apps/tab from the main frame, HOSTILE; received by apps/browser, which answers each at once
 * but the one that the user is asked about.
 */
export const leaving = v.strictObject({
  /** The user has just done something in the page. */
  byGesture: v.boolean(),
});
export type Leaving = v.InferOutput<typeof leaving>;

/**
 * Calls back when the interface has been told of what happens now: that is done in the next turn of the event loop. For
 * what may come behind it, so that the interface draws meanwhile.
 */
export const onceTold = (act: () => void): NodeJS.Immediate => setImmediate(() => setImmediate(act));

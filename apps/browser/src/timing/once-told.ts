/**
 * Calls back after the interface has been told of what happens now. It is told in the next turn of the event loop. Use it
 * for work that can wait, so that the interface draws meanwhile.
 */
export const onceTold = (act: () => void): NodeJS.Immediate => setImmediate(() => setImmediate(act));

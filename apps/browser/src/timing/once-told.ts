/**
 * Calls back after the shell has been told of the present changes, which happens in the next turn of the event loop.
 * Use it for work that can wait, so that the shell draws first.
 */
export const onceTold = (act: () => void): NodeJS.Immediate => setImmediate(() => setImmediate(act));

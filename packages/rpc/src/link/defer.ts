const host = globalThis as { setImmediate?: (task: () => void) => unknown };

/**
 * Runs a task after the current event. Reactions to a death must not run inside its event handler, because that has
 * crashed Electron's browser process. This matters only in Node, which has setImmediate. In a page, a timer could be
 * throttled for a minute, so the task runs at the end of the current task there.
 */
export const defer = (task: () => void): void => {
  if (host.setImmediate) host.setImmediate(task);
  else queueMicrotask(task);
};

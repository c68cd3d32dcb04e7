const host = globalThis as { setImmediate?: (task: () => void) => unknown };

/**
 * Runs a task after the current event. What follows a death must not run inside its event handler: Electron's browser
 * process has crashed when it did. Only Node has setImmediate, and only there does this matter; in a page a timer
 * could be throttled for a minute, so there it runs at the end of the current task.
 */
export const defer = (task: () => void): void => {
  if (host.setImmediate) host.setImmediate(task);
  else queueMicrotask(task);
};

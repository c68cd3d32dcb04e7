/** Most windows of one page that `windowsOf` returns. */
const mostWindows = 100;

/** Returns whether the listeners of a document objected to leaving it. */
export const objects = (event: BeforeUnloadEvent): boolean => event.defaultPrevented || `${event.returnValue}` !== '';

/**
 * Asks the document whether it objects to being closed. The browser asks the documents in its subframes. Chromium's own
 * question closes a document that does not object, so this dispatches the event itself.
 */
export function objectsToClosing(): boolean {
  if (!navigator.userActivation.hasBeenActive) return false;
  const event = document.createEvent('BeforeUnloadEvent') as BeforeUnloadEvent;
  event.initEvent('beforeunload', false, true);
  window.dispatchEvent(event);
  return objects(event);
}

/** Returns the window and the windows below it that this document can access. */
export function windowsOf(top: Window): Window[] {
  const windows = [top];
  for (const window of windows) {
    for (let index = 0; index < window.length && windows.length < mostWindows; index++) {
      const frame = window[index];
      if (frame && isReachable(frame)) windows.push(frame);
    }
  }
  return windows;
}

/** A document cannot access documents of other origins. */
function isReachable(frame: Window): boolean {
  try {
    return frame.document !== null;
  } catch {
    return false;
  }
}

/** Most frames of one page that are asked. */
const mostWindows = 100;

/** Does a document object to being left, by what its listeners did with the event? */
export const objects = (event: BeforeUnloadEvent): boolean => event.defaultPrevented || `${event.returnValue}` !== '';

/**
 * Asks the document whether it objects to being closed; the browser asks those in its frames. Chromium's own way to ask
 * closes a document that does not object, so this dispatches the event itself.
 */
export function objectsToClosing(): boolean {
  if (!navigator.userActivation.hasBeenActive) return false;
  const event = document.createEvent('BeforeUnloadEvent') as BeforeUnloadEvent;
  event.initEvent('beforeunload', false, true);
  window.dispatchEvent(event);
  return objects(event);
}

/** The window and all below it that this document may look into. */
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

/** Documents of other origins are closed to this one. */
function isReachable(frame: Window): boolean {
  try {
    return frame.document !== null;
  } catch {
    return false;
  }
}

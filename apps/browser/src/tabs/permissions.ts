import type { Session, WebContents } from 'electron';

/**
 * What every page may do without a question, as in Chrome. Chromium asks for a gesture of the user before each, and
 * puts no text on the clipboard by this name without one.
 */
const free: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'pointerLock']);

interface PermissionEvents {
  /** A page may hide the mouse pointer now. */
  onPointerLock: (contents: WebContents) => void;
  /** The page is being taken down. It may still have a gesture of the user, which was not for this. */
  isLeaving: (contents: WebContents) => boolean;
}

/** Decides what pages of a session may do. All else is refused at once; Chromium rejects what the page waits for. */
export function decidePermissions(session: Session, { onPointerLock, isLeaving }: PermissionEvents): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    const isGiven = free.has(permission) && !isLeaving(contents);
    decide(isGiven);
    if (isGiven && permission === 'pointerLock') onPointerLock(contents);
  });
  session.setPermissionCheckHandler(
    (contents, permission) => free.has(permission) && !(contents && isLeaving(contents)),
  );
  session.setDevicePermissionHandler(() => false);
}

import type { Session, WebContents } from 'electron';

/**
 * What every page may do without a question, as in Chrome. Chromium asks for a gesture of the user before each, and
 * puts no text on the clipboard by this name without one.
 */
const free: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'pointerLock']);

interface PermissionEvents {
  /** A page may hide the mouse pointer now. */
  onPointerLock: (contents: WebContents) => void;
}

/** Decides what pages of a session may do. All else is refused at once; Chromium rejects what the page waits for. */
export function decidePermissions(session: Session, { onPointerLock }: PermissionEvents): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(free.has(permission));
    if (permission === 'pointerLock') onPointerLock(contents);
  });
  session.setPermissionCheckHandler((_contents, permission) => free.has(permission));
  session.setDevicePermissionHandler(() => false);
}

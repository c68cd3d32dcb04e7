import type { Session, WebContents } from 'electron';

/**
 * Permissions that every page has without a question, as in Chrome. Chromium requires a user gesture for each, also for
 * writing text to the clipboard.
 */
const free: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'pointerLock']);

interface PermissionEvents {
  /** A page may hide the mouse pointer now. */
  onPointerLock: (contents: WebContents) => void;
  /** The page is being closed. It may still have a user gesture, which was not meant for this. */
  isLeaving: (contents: WebContents) => boolean;
}

/**
 * Decides the permissions of a session's pages. All others are refused at once, and Chromium rejects the page's
 * promise.
 */
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

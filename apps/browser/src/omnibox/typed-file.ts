import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Returns the address of a typed path: `/tmp/a#b.html`, `~/page.html`, `~ada`. All its characters are part of names.
 */
export function fileAddress(typed: string, home: string): string {
  const windows = isWindowsPath(typed);
  return pathToFileURL(typed.startsWith('~') ? underHome(typed, home) : typed, { windows }).href;
}

function underHome(typed: string, home: string): string {
  const [, user = '', rest = ''] = /^~([^/]*)(.*)$/su.exec(typed) ?? [];
  // Another user's folder is beside the user's own. `path.join` would drop a trailing slash.
  const folder = user === '' ? home : path.join(path.dirname(home), user);
  return folder + rest;
}

/** Matches `C:\folder` and `\\server\share`. */
export const isWindowsPath = (typed: string): boolean => /^([a-z]:[\\/]|\\\\[^\\])/i.test(typed);

import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The address of a typed path: `/tmp/a#b.html`, `~/page.html`, `~ada`. Every character of it belongs to a name. */
export function fileAddress(typed: string, home: string): string {
  const windows = isWindowsPath(typed);
  return pathToFileURL(typed.startsWith('~') ? underHome(typed, home) : typed, { windows }).href;
}

function underHome(typed: string, home: string): string {
  const [, user = '', rest = ''] = /^~([^/]*)(.*)$/su.exec(typed) ?? [];
  // Another user's folder stands beside the own one. `path.join` would drop a slash at the end of nothing.
  const folder = user === '' ? home : path.join(path.dirname(home), user);
  return folder + rest;
}

/** `C:\folder` and `\\server\share`. */
export const isWindowsPath = (typed: string): boolean => /^([a-z]:[\\/]|\\\\[^\\])/i.test(typed);

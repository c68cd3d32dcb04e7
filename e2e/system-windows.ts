import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Returns the titles of the windows on the browser's display. */
export async function systemWindows(): Promise<string> {
  const { stdout } = await run('xwininfo', ['-root', '-tree']);
  return stdout;
}

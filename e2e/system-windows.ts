import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Titles of the windows on the display that the program runs on. */
export async function systemWindows(): Promise<string> {
  const { stdout } = await run('xwininfo', ['-root', '-tree']);
  return stdout;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isRunning } from './is-running.ts';

test.each(['linux', 'darwin', 'win32'] as const)(
  'tells a running process from one that has ended on %s',
  async (platform) => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(isRunning(pid, platform)).toBe(true);
    child.stdin.end();
    await once(child, 'exit');
    expect(isRunning(pid, platform)).toBe(false);
  },
);

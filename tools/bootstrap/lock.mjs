import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { say } from './log.mjs';

/**
 * Runs `work` while no other process holds the lock on `file` (made if missing).
 *
 * It is a lock of the kernel (`flock`). A child holds it as long as its standard input is open. If the holder ends in
 * any way, also by SIGKILL, the kernel gives the lock to the next process, so no stale lock can stay. Without a `flock`
 * command the work runs without a lock: every result is put in place by one rename anyway.
 * @template T
 * @param {string} file
 * @param {string} what shown if this process has to wait for the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, what, work) {
  let holder = await hold(file, ['-n']);
  if (holder === 'taken') {
    say(`${what} is under way in another process: waiting for it`);
    holder = await hold(file, []);
  }
  try {
    return await work();
  } finally {
    if (typeof holder !== 'string') {
      holder.stdin?.end();
      if (holder.exitCode === null) await once(holder, 'exit');
    }
  }
}

/**
 * @param {string} file
 * @param {string[]} options
 * @returns {Promise<import('node:child_process').ChildProcess | 'taken' | 'no flock'>}
 */
async function hold(file, options) {
  // Detached: an interrupt from the terminal must not release the lock while its owner still cleans up.
  const child = spawn('flock', [...options, file, 'sh', '-c', 'echo held; exec cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => ('code' in error && error.code === 'ENOENT' ? resolve('no flock') : reject(error)));
    child.stdout.once('data', () => resolve(child));
    child.once('exit', (code) => {
      if (code === 1) resolve('taken');
      else reject(new Error(`flock ${file} ended with ${code}`));
    });
  });
}

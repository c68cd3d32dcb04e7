import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { say } from './log.mjs';

/**
 * Runs `work` while no other process holds the lock on `file` (made when missing).
 *
 * The lock is the kernel's own (`flock`), held by a child that lives as long as its standard input is open: when the
 * holder ends in whatever way, SIGKILL included, the kernel gives the lock to the next, and no stale lock can be left.
 * Where there is no `flock` command the work runs without: every result is put in place by one rename anyway.
 * @template T
 * @param {string} file
 * @param {string} what said when one has to wait for it
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
  // Detached: an interrupt from the terminal must not take the lock away while its owner still cleans up.
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

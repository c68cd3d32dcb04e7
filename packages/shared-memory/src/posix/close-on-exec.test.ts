import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { closeOnExec, markEach } from './close-on-exec.ts';
import { fcntl } from './posix.ts';

const F_SETFD = 2;

/** Returns true if a program that is started now inherits the descriptor. */
function isInherited(fd: number): boolean {
  return spawnSync('/bin/sh', ['-c', `[ -e /proc/self/fd/${fd} ]`]).status === 0;
}

it.each([
  ['all at once', closeOnExec],
  ['one by one, as on kernels before 5.11', markEach],
])('keeps every descriptor from programs that are started: %s', (_, mark) => {
  const fds = Array.from({ length: 20 }, () => openSync('/dev/null', 'r'));
  for (const fd of fds) fcntl(fd, F_SETFD, 0);
  expect(fds.every(isInherited)).toBe(true);
  mark();
  expect(fds.some(isInherited)).toBe(false);
  for (const fd of fds) closeSync(fd);
});

it('leaves the first three descriptors as they are', () => {
  closeOnExec();
  const { stdout } = spawnSync('/bin/sh', ['-c', 'ls /proc/self/fd | head -3'], { encoding: 'utf8' });
  expect(stdout).toBe('0\n1\n2\n');
});

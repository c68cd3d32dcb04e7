import { expect, it } from 'vitest';
import * as posix from './posix.ts';

it('makes the textbook’s calls in the textbook’s order', async () => {
  const name = `/bulkhead-test-${process.pid}`;
  const fd = posix.shm_open(name, posix.O_CREAT | posix.O_EXCL | posix.O_RDWR, 0o600);
  posix.ftruncate(fd, 4096);
  await posix.posix_fallocate(fd, 4096);
  const address = posix.mmap(0, 4096, posix.PROT_READ | posix.PROT_WRITE, posix.MAP_SHARED, fd);
  expect(Number(address)).toBeGreaterThan(0);
  posix.munmap(address, 4096);
  posix.close(fd);
  posix.shm_unlink(name);
  expect(() => posix.shm_unlink(name)).toThrow(`shm_unlink("${name}"): ENOENT: there is no such object`);
});

it.each([
  [
    'shm_open',
    'ENOENT',
    () => posix.shm_open('/bulkhead-nobody', posix.O_RDWR, 0),
    'Ask its owner for a new descriptor',
  ],
  ['close', 'EBADF', () => posix.close(999_999), 'not open'],
  ['ftruncate', 'EINVAL', () => posix.ftruncate(0, -1), 'negative'],
  ['mmap', 'EBADF', () => posix.mmap(0, 4096, posix.PROT_READ, posix.MAP_SHARED, 999_999), 'not open'],
  ['memfd_create', 'EINVAL', () => posix.memfd_create('test', 0x4000_0000), 'too old'],
])('names the call, the target and the remedy: %s', (call, code, attempt, remedy) => {
  expect(attempt).toThrow(expect.objectContaining({ name: 'PosixError', call, code }));
  expect(attempt).toThrow(remedy);
});

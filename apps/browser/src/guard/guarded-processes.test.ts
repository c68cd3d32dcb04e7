import { expect, test } from 'vitest';
import { findGuarded } from './guarded-processes.ts';

/** Number of samples, as many as the guard takes in some minutes. */
const looks = 20;

test.runIf(process.platform === 'linux')('keeps no buffers of the files it reads for every process', () => {
  findGuarded(process.pid);
  const before = process.memoryUsage().arrayBuffers;
  for (let look = 0; look < looks; look++) findGuarded(process.pid);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024);
});

import { loadInt, mapPrivatePage, storeInt } from '@bulkhead/shared-memory/address-space';
import { expect, it } from 'vitest';
import { runThread } from './thread.ts';

it.runIf(process.platform === 'linux')('reads and writes the memory of its process', async () => {
  const address = 0x2c_0000_0000n;
  mapPrivatePage(address);
  storeInt(address, 41);
  const { seen, pid, threadId } = await runThread(address, 42);
  expect({ seen, pid, now: loadInt(address) }).toEqual({ seen: 41, pid: process.pid, now: 42 });
  expect(threadId).toBeGreaterThan(0);
});

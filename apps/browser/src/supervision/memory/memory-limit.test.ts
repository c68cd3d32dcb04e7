import { expect, test } from 'vitest';
import { ProfileTroubles } from '../../storage/files/profile-troubles.ts';
import { Settings } from '../../storage/settings/settings.ts';
import { defaultMemoryLimitKiB, MemoryLimit } from './memory-limit.ts';

const limitWith = (memoryLimitKiB: number | null) =>
  new MemoryLimit({ chosen: { ...new Settings('/nowhere', new ProfileTroubles()).chosen, memoryLimitKiB } });

test("the limit is a quarter of the machine's memory until the user chooses another", () => {
  expect(limitWith(null).kiB).toBe(defaultMemoryLimitKiB());
  expect(limitWith(200_000).kiB).toBe(200_000);
});

test('a lent limit applies for a while, and then the chosen one again', () => {
  const limit = limitWith(200_000);
  limit.lend(100_000);
  expect(limit.kiB).toBe(100_000);
  limit.lend(null);
  expect(limit.kiB).toBe(200_000);
});

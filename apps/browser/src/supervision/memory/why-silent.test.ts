import { expect, test } from 'vitest';
import { whySilent } from './why-silent.ts';

/** Judges a process whose measurements are these values, and then always the last one. */
function judge(used: (number | null)[], { answersAt = Number.POSITIVE_INFINITY } = {}) {
  let measured = 0;
  return whySilent({
    measureEveryMs: 1,
    readUsedKiB: async () => used[Math.min(measured++, used.length - 1)] ?? null,
    limitKiB: () => 400_000,
    isSilent: () => measured < answersAt,
  });
}
const growing = (from: number, stepKiB: number, steps: number) =>
  Array.from({ length: steps }, (_, index) => from + index * stepKiB);

test.each([
  ['is above its limit already', [450_000], 'out-of-memory'],
  ['grows above it fast', growing(100_000, 100_000, 6), 'out-of-memory'],
  [
    'grows slowly, with pauses, on a busy machine',
    [...growing(300_000, 30_000, 3), 360_000, 360_000, 410_000],
    'out-of-memory',
  ],
  ['does not grow', [100_000], 'unresponsive'],
  ['uses much and does not grow', [390_000], 'unresponsive'],
  ['grows without end and stays below', growing(100_000, 1100, 100), 'unresponsive'],
  ['stops growing', [...growing(100_000, 50_000, 3), 200_000], 'unresponsive'],
  ['has gone', [null], undefined],
  ['goes meanwhile', [100_000, 200_000, null], undefined],
] as const)('a silent process that %s', async (_what, used, because) => {
  expect(await judge([...used])).toBe(because);
});

test('a process that answers again is not ended', async () => {
  expect(await judge(growing(100_000, 20_000, 10), { answersAt: 3 })).toBeUndefined();
});

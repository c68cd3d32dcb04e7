import { expect, test } from 'vitest';
import { describeEnd, signalOf } from './process-end.ts';

test.each([
  ['killed', 9, 'SIGKILL'],
  ['killed', 61_696, 'SIGTERM'],
  ['crashed', 11, 'SIGSEGV'],
  ['abnormal-exit', 64_000, 'SIGABRT'],
  ['crashed', 5, 'SIGTRAP'],
  ['clean-exit', 0, null],
  ['launch-failed', 1003, null],
])('%s/%i is %s', (reason, exitCode, signal) => expect(signalOf({ reason, exitCode })).toBe(signal));

test('an end within 10 s of the one before is repeated', () => {
  const first = describeEnd({ reason: 'killed', exitCode: 9 }, 10, null);
  expect(first).toMatchObject({ kind: 'killed', pid: 10, signal: 'SIGKILL', exitCode: null, repeated: false });
  expect(describeEnd({ reason: 'crashed', exitCode: 11 }, 11, first).repeated).toBe(true);
  expect(describeEnd({ reason: 'crashed', exitCode: 11 }, 11, { ...first, at: first.at - 10_001 }).repeated).toBe(
    false,
  );
});

test("the browser's own reason takes precedence over Electron's", () => {
  expect(describeEnd({ reason: 'killed', exitCode: 9 }, 1, null, { intended: 'bad-message' }).kind).toBe('bad-message');
});

test('a reason of a later Electron version counts as a crash', () => {
  expect(describeEnd({ reason: 'something-new', exitCode: 1 }, 1, null).kind).toBe('crashed');
});

test('a process whose memory the system takes ran out of memory, under both names of Electron', () => {
  for (const reason of ['oom', 'memory-eviction']) {
    expect(describeEnd({ reason, exitCode: 9 }, 1, null).kind).toBe('out-of-memory');
  }
});

test('a process that ends by a trap ran out of memory if it used much of its limit', () => {
  const trap = { reason: 'crashed', exitCode: 5 };
  const kindWith = (usedKiB: number) =>
    describeEnd(trap, 1, null, { memory: { usedKiB, limitKiB: 1000, nearLimit: false } }).kind;
  expect(kindWith(700)).toBe('out-of-memory');
  expect(kindWith(100)).toBe('crashed');
  expect(describeEnd(trap, 1, null).kind).toBe('crashed');
});

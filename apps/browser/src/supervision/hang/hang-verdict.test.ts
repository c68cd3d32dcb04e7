import { expect, test } from 'vitest';
import { hangVerdict, type SilentTab, silenceMs } from './hang-verdict.ts';

const silent: SilentTab = { since: 1000, excusedUntil: 0, isHeldUp: false, isDebugged: false };

test.each<[string, Partial<SilentTab>, number, string]>([
  ['it has been silent for less than the limit', {}, 1000 + silenceMs - 1, 'too-early'],
  ['it has been silent for the limit', {}, 1000 + silenceMs, 'hangs'],
  ['the user chose to wait', { excusedUntil: 14_000 }, 13_999, 'too-early'],
  ['the user has waited long enough', { excusedUntil: 14_000 }, 14_000, 'hangs'],
  ['an excuse does not shorten the limit', { excusedUntil: 1500 }, 1600, 'too-early'],
  ['it shows a dialog', { isHeldUp: true }, 60_000, 'held-up'],
  ['it shows a dialog and is debugged', { isHeldUp: true, isDebugged: true }, 60_000, 'held-up'],
  ['a debugger holds it', { isDebugged: true }, 60_000, 'debugged'],
])('%s', (_name, change, now, verdict) => {
  expect(hangVerdict({ ...silent, ...change }, now)).toBe(verdict);
});

test('after a dialog it gets the usual time to answer', () => {
  const closedAt = 50_000;
  const after = { ...silent, excusedUntil: closedAt + silenceMs };
  expect(hangVerdict(after, closedAt + silenceMs - 1)).toBe('too-early');
  expect(hangVerdict(after, closedAt + silenceMs)).toBe('hangs');
});

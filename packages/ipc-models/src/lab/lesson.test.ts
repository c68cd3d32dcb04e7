import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lesson, limitsAt, parametersOf, withLowerLimits } from './lesson.ts';

const words = { en: { title: 'x' }, ko: { title: 'x' } };
const subject = lesson({
  id: 'subject',
  statement: 1,
  parameters: {
    n: { kind: 'whole', minimum: 2, maximum: 8, default: 4 },
    way: { kind: 'choice', options: ['one', 'other'], default: 'one' },
  },
  roles: ['a'],
  answers: ['b'],
  words,
});

test('missing parameters get their defaults, and texts of an address are parsed', () => {
  expect(parametersOf(subject, {})).toEqual({ n: 4, way: 'one' });
  expect(parametersOf(subject, { n: '8', way: 'other' })).toEqual({ n: 8, way: 'other' });
});

test.each([{ n: 1 }, { n: 9 }, { n: 2.5 }, { n: '' }, { n: 'two' }, { way: 'neither' }, { other: 1 }, { way: 1 }])(
  '%j is refused',
  (given) => expect(parametersOf(subject, given as Record<string, string | number>)).toBeUndefined(),
);

test('any input gives parameters in range, or undefined', () => {
  const given = fc.dictionary(
    fc.oneof(fc.constantFrom('n', 'way', '__proto__', 'constructor'), fc.string()),
    fc.oneof(fc.string(), fc.double(), fc.integer({ min: 0, max: 10 }), fc.constantFrom('one', 'other')),
  );
  fc.assert(
    fc.property(given, (values) => {
      const result = parametersOf(subject, values);
      if (!result) return;
      expect(Object.keys(result)).toEqual(['n', 'way']);
      expect(Number.isInteger(result.n) && Number(result.n) >= 2 && Number(result.n) <= 8).toBe(true);
      expect(['one', 'other']).toContain(result.way);
    }),
  );
});

test('has default limits', () => {
  expect(subject.limits.seconds).toBeGreaterThan(0);
  expect(subject.limits.memoryMiB).toBeGreaterThan(0);
  expect(subject.limits.cpuSeconds).toBe(subject.limits.seconds);
});

test('has more time but not more memory if the learner sets the pace', () => {
  expect(limitsAt(subject, { kind: 'run' })).toEqual(subject.limits);
  const unhurried = limitsAt(subject, { kind: 'step' });
  expect(unhurried.seconds).toBeGreaterThan(subject.limits.seconds);
  expect(unhurried.memoryMiB).toBe(subject.limits.memoryMiB);
});

test('accepts lower limits, and refuses higher ones', () => {
  expect(withLowerLimits(subject, { seconds: '2', memoryMiB: 64 })?.limits).toEqual({
    ...subject.limits,
    seconds: 2,
    memoryMiB: 64,
  });
  for (const given of [{ seconds: 3600 }, { seconds: 0 }, { seconds: 'x' }, { other: 1 }, { toString: 1 }]) {
    expect(withLowerLimits(subject, given as Record<string, number>), JSON.stringify(given)).toBeUndefined();
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressKeyOf, namedAddressRequests, requestAge } from './address-request.ts';

test('a key tells which named request it belongs to, or that the state does not name its request yet', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(namedAddressRequests - 1), fc.integer({ min: 1, max: 6 }), (newest, age, ahead) => {
      expect(requestAge(addressKeyOf(newest), newest)).toBe(0);
      if (age <= newest) expect(requestAge(addressKeyOf(newest - age), newest)).toBe(age);
      expect(requestAge(addressKeyOf(newest + ahead), newest)).toBeGreaterThanOrEqual(namedAddressRequests);
    }),
  );
});

test.each(['F12', 'F1', 'F25', 'a', 'Enter', ''])('the key %s is the user’s', (key) =>
  expect(requestAge(key, 5)).toBeUndefined(),
);

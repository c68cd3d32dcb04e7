import { expect, test } from 'vitest';
import { Standstill } from './standstill.ts';

test('a thread that beats, or has not started to, does not stand still', () => {
  const standstill = new Standstill();
  for (let look = 0; look < 20; look++) expect(standstill.look(0, 1000)).toBeUndefined();
  for (let look = 0; look < 20; look++) expect(standstill.look(1 + (look >> 1), 1000)).toBeUndefined();
});

test('a thread that is silent for five seconds is reported once, and once more when it is back', () => {
  const standstill = new Standstill();
  const looks = [1, 1, 1, 1, 1, 1, 1, 1, 2, 3].map((beats) => standstill.look(beats, 1000));
  expect(looks.flatMap((news) => news ?? [])).toEqual([
    { is: 'standing', forMs: 5000 },
    { is: 'over', forMs: 7000 },
  ]);
  expect(looks[5]).toEqual({ is: 'standing', forMs: 5000 });
});

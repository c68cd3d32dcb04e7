import { expect, test } from 'vitest';
import { Awaited } from './awaited.ts';

test('takes values in the order they were put, whether put or take comes first', async () => {
  const values = new Awaited<number | undefined>();
  values.put('a', 1);
  values.put('a', undefined);
  const third = Promise.all([values.take('a'), values.take('a'), values.take('a')]);
  values.put('b', 9);
  values.put('a', 3);
  expect(await third).toEqual([1, undefined, 3]);
  expect(await values.take('b')).toBe(9);
});

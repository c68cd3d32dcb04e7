import { expect, test } from 'vitest';
import { zoomedFrom } from './zoom.ts';

test('steps through the sizes of Chrome, and stops at the ends', () => {
  expect(zoomedFrom(1, 'zoom-in')).toBe(1.1);
  expect(zoomedFrom(1, 'zoom-out')).toBe(0.9);
  expect(zoomedFrom(1.0999, 'zoom-in')).toBe(1.25);
  expect(zoomedFrom(5, 'zoom-in')).toBe(5);
  expect(zoomedFrom(0.25, 'zoom-out')).toBe(0.25);
  expect(zoomedFrom(3.3, 'zoom-reset')).toBe(1);
});

test('as many steps back as forward lead to the first size', () => {
  let factor = 1;
  for (let step = 0; step < 9; step++) factor = zoomedFrom(factor, 'zoom-in');
  expect(factor).toBe(5);
  for (let step = 0; step < 9; step++) factor = zoomedFrom(factor, 'zoom-out');
  expect(factor).toBe(1);
});

import { expect, test } from 'vitest';
import { fullHeight } from './full-height.ts';

test.each([
  [[], 2],
  [[3 * 1024], 4],
  [[7 * 1024, 60 * 1024], 128],
  [[1024 * 1024], 2048],
])('a chart of %j KiB is %d MiB high', (values, mebibytes) => {
  expect(fullHeight(values)).toBe(mebibytes * 1024);
});

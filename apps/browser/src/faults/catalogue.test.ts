import { expect, test } from 'vitest';
import { offers, whyUnavailable } from './catalogue.ts';

test('knows at least thirty faults that can be caused on Linux', () => {
  const here = offers().filter(({ fault }) => whyUnavailable(fault, 'linux') === null);
  expect(here.length).toBeGreaterThanOrEqual(30);
});

test('says why a fault cannot be run', () => {
  expect(whyUnavailable('browser-kill', 'linux')).toBeNull();
  expect(whyUnavailable('browser-kill', 'darwin')).toBe('ends-the-program');
  expect(whyUnavailable('zygote-kill', 'darwin')).toBe('no-such-process');
  expect(whyUnavailable('tab-stop', 'win32')).toBe('no-signals');
  expect(whyUnavailable('plugin-truncate-segment', 'darwin')).toBe('no-shared-memory');
});

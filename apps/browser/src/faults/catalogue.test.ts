import { expect, test } from 'vitest';
import { expectations } from '../drill/expectations.ts';
import { offers, victimOf, whyUnavailable } from './catalogue.ts';

test('knows at least thirty faults that can be run here, each with what it is to do', () => {
  const here = offers().filter(({ fault }) => whyUnavailable(fault, 'linux') === null);
  expect(here.length).toBeGreaterThanOrEqual(30);
  for (const { fault } of here) expect(expectations, fault).toHaveProperty([fault]);
});

test('a fault is named for its victim', () => {
  expect(victimOf('tab-leak')).toBe('tab');
  expect(victimOf('network-kill')).toBe('network');
  expect(victimOf('browser-exception')).toBe('browser');
});

test('says why a fault cannot be run', () => {
  expect(whyUnavailable('browser-kill', 'linux')).toBeNull();
  expect(whyUnavailable('browser-kill', 'darwin')).toBe('ends-the-program');
  expect(whyUnavailable('zygote-kill', 'darwin')).toBe('no-such-process');
  expect(whyUnavailable('tab-stop', 'win32')).toBe('no-signals');
  expect(whyUnavailable('plugin-truncate-segment', 'darwin')).toBe('no-shared-memory');
});

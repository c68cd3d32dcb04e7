import { describe, expect, test } from 'vitest';
import { mayNavigate } from './navigation-policy.ts';

describe('addresses that a page may navigate to', () => {
  test.each([
    ['https://a.example/', 'https://b.example/', true],
    ['https://a.example/', 'file:///etc/passwd', false],
    ['https://a.example/', 'bulkhead://processes/', false],
    ['https://a.example/', 'chrome://crash', false],
    ['file:///a.html', 'file:///b.html', true],
    ['bulkhead://newtab/', 'bulkhead://processes/', true],
    ['https://a.example/', 'nonsense', false],
  ])('%s to %s: %s', (from, to, allowed) => expect(mayNavigate(from, to)).toBe(allowed));
});

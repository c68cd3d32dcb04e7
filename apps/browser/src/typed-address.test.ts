import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveTyped } from './typed-address.ts';

describe('what a person types', () => {
  test.each([
    ['', 'bulkhead://newtab/'],
    ['https://a.example/x?y', 'https://a.example/x?y'],
    ['wikipedia.org', 'https://wikipedia.org/'],
    ['localhost:8080/a', 'http://localhost:8080/a'],
    ['127.0.0.1:99', 'http://127.0.0.1:99/'],
    ['/etc/hostname', 'file:///etc/hostname'],
    ['bulkhead://processes', 'bulkhead://processes'],
    ['chrome://gpu', 'chrome://gpu'],
    ['bounded buffer', 'https://duckduckgo.com/?q=bounded%20buffer'],
    ['node.js', 'https://duckduckgo.com/?q=node.js'],
    ['javascript:alert(1)', 'https://duckduckgo.com/?q=javascript%3Aalert(1)'],
  ])('%j leads to %s', (typed, address) => expect(resolveTyped(typed)).toBe(address));

  test('always leads to an address that parses, and never to a script', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        expect(new URL(resolveTyped(typed)).protocol).not.toBe('javascript:');
      }),
    );
  });
});

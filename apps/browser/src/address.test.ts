import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayNavigate, resolveTyped } from './address.ts';

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

describe('where a page may go by itself', () => {
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

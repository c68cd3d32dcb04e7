import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpret } from './interpret.ts';
import { shownHost } from './shown-host.ts';
import { shownText } from './shown-text.ts';
import { safeNames, unsafeNames } from './testing/international-names.ts';

test.each(safeNames.map((name) => [name]))('%s is shown in its own script', (name) => {
  expect(shownHost(domainToASCII(name))).toBe(name);
});

test.each(unsafeNames.map((name) => [name]))('%s stays punycode', (name) => {
  expect(shownHost(name)).toBe(name);
});

test('an unsafe label leaves the other labels readable', () => {
  expect(shownHost('xn--googl-3we.xn--3e0b707e')).toBe('xn--googl-3we.한국');
});

describe('an address made readable', () => {
  test.each([
    [
      'http://xn--bj0bj06e.localhost:8080/%EA%B8%B8?q=%ED%95%9C%EA%B5%AD#%EB%81%9D',
      'http://한글.localhost:8080/길?q=한국#끝',
    ],
    ['http://xn--bcher-kva.localhost:8080/', 'http://bücher.localhost:8080/'],
    ['http://xn--ggle-55da.localhost/', 'http://xn--ggle-55da.localhost/'],
    ['file:///tmp/%ED%95%9C%EA%B8%80%20%ED%8F%B4%EB%8D%94/a%23b.html', 'file:///tmp/한글%20폴더/a%23b.html'],
    ['https://ada:secret@a.example/', 'https://a.example/'],
    ['view-source:https://xn--bj0bj06e.com/%EA%B8%B8', 'view-source:https://한글.com/길'],
    ['blob:https://xn--bj0bj06e.com/1-2', 'blob:https://한글.com/1-2'],
    ['https://a.example/%41%2F%5C%25%26%3D%3F%23', 'https://a.example/A%2F%5C%25%26%3D%3F%23'],
    [
      'https://a.example/%E2%80%AE%E2%80%8B%C2%A0%E3%80%80%EF%BB%BF',
      'https://a.example/%E2%80%AE%E2%80%8B%C2%A0%E3%80%80%EF%BB%BF',
    ],
    ['https://a.example/%F0%9F%94%92%E1%85%9F%E2%A0%80', 'https://a.example/%F0%9F%94%92%E1%85%9F%E2%A0%80'],
    ['https://a.example/%FF%C3%28%ED%A0%80%EA%B8%B8%E2', 'https://a.example/%FF%C3%28%ED%A0%80길%E2'],
    ['https://a.example/%D7%90%D7%91', 'https://a.example/%D7%90%D7%91'],
    ['http://xn--4dbrk0ce.il:80/', 'http://xn--4dbrk0ce.il:80/'],
    ['data:text/html,https://bank.example\u00a0\u202e x', 'data:text/html,https://bank.example%C2%A0%E2%80%AE%20x'],
    ['about:blank', 'about:blank'],
    ['http://[::1]:8080/%EA%B8%B8', 'http://[::1]:8080/길'],
    ['bulkhead://processes/', 'bulkhead://processes/'],
    ['', ''],
  ])('%j reads %j', (address, text) => expect(shownText(address)).toBe(text));

  test('has no character that hides or reorders its neighbours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shownText(`https://a.example/${text}`)).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u,
        );
        expect(shownText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test('still means the same address when it is typed', () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 12 });
    const host = fc.constantFrom('a.example', 'xn--bj0bj06e.com', 'xn--ggle-55da.com', '[::1]:8080', 'xn--4dbrk0ce.il');
    fc.assert(
      fc.property(host, part, part, part, (host, path, query, fragment) => {
        const address = new URL(`https://${host}/x${path}y?${query}z#${fragment}w`).href;
        const meaning = interpret(shownText(address));
        expect('navigate' in meaning && decodeURI(safely(meaning.navigate))).toBe(decodeURI(safely(address)));
      }),
    );
  });
});

/** Decodes, and leaves out what is not valid UTF-8. */
const safely = (address: string) => {
  try {
    decodeURI(address);
    return address;
  } catch {
    return '';
  }
};

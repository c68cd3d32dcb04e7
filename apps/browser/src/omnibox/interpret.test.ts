import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpret, longestAddress, type Meaning } from './interpret.ts';
import * as table from './testing/typed-texts.ts';

const engine = 'https://duckduckgo.com/?q=';

function shortly(meaning: Meaning): string {
  if ('navigate' in meaning) return meaning.navigate;
  if ('search' in meaning) return 'search';
  return 'fault' in meaning ? `fault ${meaning.fault}` : meaning.refuse.why;
}

for (const [kind, texts] of Object.entries(table)) {
  describe(`typed ${kind}`, () => {
    test.each(texts.map(([typed, chrome, bulkhead = chrome]) => ({ typed, bulkhead })))(
      '$typed: $bulkhead',
      ({ typed, bulkhead }) => {
        expect(shortly(interpret(typed, { platform: 'linux', home: '/home/ada' }))).toBe(bulkhead);
      },
    );
  });
}

test('the table has at least 200 texts, each once', () => {
  const typed = Object.values(table).flatMap((texts) => texts.map(([text]) => text));
  expect(typed.length).toBeGreaterThan(200);
  expect(new Set(typed).size).toBe(typed.length);
});

test('an empty field opens the start page', () => {
  for (const nothing of ['', ' ', '\n']) expect(interpret(nothing)).toEqual({ navigate: 'bulkhead://newtab/' });
});

test('a search contains exactly the typed words', () => {
  expect(interpret('예. & 100%')).toEqual({ search: `${engine}%EC%98%88.%20%26%20100%25` });
  expect(interpret('?http://foo.com/bar')).toEqual({ search: `${engine}http%3A%2F%2Ffoo.com%2Fbar` });
});

test('debug addresses are faults, however they are typed', () => {
  for (const [typed, fault] of [
    ['bulkhead://crash', 'bulkhead://crash'],
    ['chrome://crash', 'chrome://crash/'],
    ['chrome:kill', 'chrome://kill/'],
    ['about:crash', 'chrome://crash/'],
  ] as const)
    expect(interpret(typed)).toEqual({ fault });
});

test('Windows paths are files on Windows', () => {
  expect(interpret('\\\\server\\a#b', { platform: 'win32', home: '' })).toEqual({ navigate: 'file://server/a%23b' });
  expect(interpret('C:\\Program Files', { platform: 'win32', home: '' })).toEqual({
    navigate: 'file:///C:/Program%20Files',
  });
});

test('only a text that is too long is refused as too long', () => {
  expect(shortly(interpret('말'.repeat(120_000)))).toBe('too-long');
  expect(shortly(interpret(`https://a.example/${'x'.repeat(66_000)}`))).toBe('too-long');
  expect(shortly(interpret(`/tmp/${'글'.repeat(longestAddress / 4)}`))).toBe('too-long');
  expect(shortly(interpret('word '.repeat(2000)))).toBe('search-too-long');
  expect(shortly(interpret(`https://a.example/${'x'.repeat(60_000)}`))).toContain('https://a.example/');
});

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ':',
    '/',
    '//',
    '@',
    '.',
    '#',
    '?',
    '\\',
    ' ',
    ';',
    '[',
    ']',
    '~',
    'http',
    'devbox',
    '80',
    'a.lan',
    '가',
  ),
);
const typedText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

test('every text has a meaning, and no text is a script', () => {
  fc.assert(
    fc.property(typedText, (typed) => {
      const meaning = interpret(typed);
      if (!('navigate' in meaning)) return;
      expect(URL.canParse(meaning.navigate)).toBe(true);
      expect(meaning.navigate.length).toBeLessThanOrEqual(longestAddress);
      expect(new URL(meaning.navigate).protocol).not.toBe('javascript:');
    }),
    { numRuns: 2000 },
  );
});

test('no password and no local name reaches the search engine', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const suffix = fc.constantFrom('local', 'internal', 'lan', 'home.arpa', 'corp', 'test', 'localhost');
  fc.assert(
    fc.property(typedText, word, word, suffix, (typed, one, other, local) => {
      expect(interpret(`${typed} ${one}:${other}@${one}`)).not.toHaveProperty('search');
      expect(interpret(`${one}:${other}@${typed}`)).not.toHaveProperty('search');
      expect(interpret(`${one}.${local}`)).not.toHaveProperty('search');
      expect(interpret(`${one}:8080/${other}`)).toEqual({ navigate: `http://${one}:8080/${other}` });
    }),
  );
});

test('the longest and strangest texts have a meaning, too, within the time limit', () => {
  for (const unit of ['a:', '/a:', '@', '.', '[', 'a.', '//', '%', ' a', 'a:a@'])
    for (const text of [unit.repeat(longestAddress / unit.length), `http://${unit.repeat(2000)}`])
      expect(Object.keys(interpret(text))).toHaveLength(1);
});

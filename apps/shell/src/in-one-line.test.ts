import { expect, test } from 'vitest';
import { inOneLine } from './in-one-line.ts';

test.each([
  ['https://a.example/long/\n  path', 'https://a.example/long/path'],
  ['first line\nsecond line\r\nthird', 'first line second line third'],
  ['안녕\n하세요', '안녕하세요'],
  ['안녕 세계\n하세요', '안녕 세계 하세요'],
  ['  a.example\n', 'a.example'],
  ['a\u2028b c', 'a b c'],
  ['\n\n', ''],
])('%j becomes %j', (pasted, line) => expect(inOneLine(pasted)).toBe(line));

import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  ['ko', 'ko'],
  ['ko-KR', 'ko'],
  ['KO-kr', 'ko'],
  ['en-GB', 'en'],
  ['kok-IN', 'en'],
  ['de', 'en'],
  ['', 'en'],
])('takes %j for %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

import { expect, test } from 'vitest';
import { failureWord } from './failure-words.ts';

test.each([
  ['ERR_CONNECTION_REFUSED', 'failedRefused'],
  ['ERR_NAME_NOT_RESOLVED', 'failedNoName'],
  ['ERR_CERT_DATE_INVALID', 'failedCertificate'],
  ['ERR_SOMETHING_NEW', 'failedOther'],
  ['', 'failedOther'],
  ['constructor', 'failedOther'],
])('explains %j by %s', (name, word) => {
  expect(failureWord(name)).toBe(word);
});

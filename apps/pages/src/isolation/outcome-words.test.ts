import { outcomeParts } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { ko } from '../strings/ko.ts';
import type { t } from '../strings.ts';
import { sayOutcome } from './outcome-words.ts';

const korean = ((key: keyof typeof ko, values?: { code?: string }) =>
  ko[key].replace('{{code}}', values?.code ?? '')) as typeof t;

test('an outcome is in the user’s language, and names of signals stay as they are', () => {
  expect(sayOutcome('killed, SIGKILL', korean)).toBe('강제 종료, SIGKILL');
  expect(sayOutcome('exited, code 70, nothing left, every tab back', korean)).toBe(
    '스스로 종료, 코드 70, 남은 것 없음, 모든 탭 복구',
  );
});

test.each(outcomeParts)('%s has a Korean word', (part) => {
  expect(sayOutcome(part, korean)).not.toMatch(/[a-z]/i);
});

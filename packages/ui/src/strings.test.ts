import { expect, test } from 'vitest';
import { createStrings } from './strings.ts';

const strings = {
  en: { plain: 'Close', named: 'Process {{pid}} of {{name}}', tabs_one: '{{count}} tab', tabs_other: '{{count}} tabs' },
  ko: { plain: '닫기', named: '{{name}}의 프로세스 {{pid}}', tabs_other: '탭 {{count}}개' },
} as const;

test('returns a string in the language', () => {
  expect(createStrings('en', strings)('plain')).toBe('Close');
  expect(createStrings('ko', strings)('plain')).toBe('닫기');
});

test('fills placeholders in the order of the language', () => {
  expect(createStrings('ko', strings)('named', { pid: 7, name: 'tab' })).toBe('tab의 프로세스 7');
});

test('chooses the plural form by the count', () => {
  const t = createStrings('en', strings);
  expect(t('tabs', { count: 1 })).toBe('1 tab');
  expect(t('tabs', { count: 2 })).toBe('2 tabs');
  expect(createStrings('ko', strings)('tabs', { count: 1 })).toBe('탭 1개');
});

test('does not escape filled-in values: text is set as text, never as HTML', () => {
  const t = createStrings('en', strings);
  expect(t('named', { pid: 7, name: '<b>&amp;</b>' })).toBe('Process 7 of <b>&amp;</b>');
});

test('does not fill placeholders inside filled-in values', () => {
  const t = createStrings('en', strings);
  expect(t('named', { pid: 7, name: '{{pid}} $t(plain)' })).toBe('Process 7 of {{pid}} $t(plain)');
});

import { expect, test } from 'vitest';
import { shortened, textWidth } from './text-width.ts';

test('Hangul is nearly twice as wide as Latin letters', () => {
  expect(textWidth('ab')).toBe(14);
  expect(textWidth('가나')).toBe(25);
});

test('cuts a text that does not fit, and marks the cut', () => {
  expect(shortened('Producer', 100)).toBe('Producer');
  expect(shortened('같은 주소에 자기 변수를 가진', 80)).toBe('같은 주소…');
  expect(textWidth(shortened('x'.repeat(99), 80))).toBeLessThanOrEqual(80 + 12.5);
  expect(shortened('가나', 0)).toBe('…');
});

import { expect, test } from 'vitest';
import { createFormat } from './format.ts';

const format = createFormat('en');

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1.0 KiB'],
  [8_294_400, '7.9 MiB'],
  [150 * 1024 ** 2, '150 MiB'],
  [5 * 1024 ** 5, '5,120 TiB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(format.bytes(bytes)).toBe(text);
});

test.each([
  [0, '0%'],
  [0.0001, '<1%'],
  [0.124, '12%'],
  [1, '100%'],
])('writes the share %d as %s', (share, text) => {
  expect(format.share(share)).toBe(text);
});

test('writes long times in seconds', () => {
  expect(format.milliseconds(31.4)).toBe('31 ms');
  expect(format.milliseconds(9999)).toBe('9,999 ms');
  expect(format.milliseconds(12_400)).toBe('12.4 sec');
});

test('writes CPU in percent of one core', () => {
  expect(format.cpu(103.46)).toBe('103.5%');
});

test('writes the time of day as the language does', () => {
  const at = new Date(2026, 10, 22, 13, 4, 5).getTime();
  expect(format.time(at)).toMatch(/^1:04:05\sPM$/);
  expect(createFormat('ko').time(at)).toBe('오후 1:04:05');
});

test('writes short times in three figures', () => {
  expect(format.latency(0.1349)).toBe('0.135 ms');
  expect(format.latency(12.44)).toBe('12.4 ms');
  expect(format.latency(12_400)).toBe('12.4 sec');
});

test('writes the time of day to the millisecond, in either language', () => {
  const at = new Date(2026, 10, 22, 13, 4, 5, 7).getTime();
  expect(format.clock(at)).toBe('13:04:05.007');
  expect(createFormat('ko').clock(at)).toBe('13:04:05.007');
});

import { expect, test } from 'vitest';
import { entryOf, labelOf, lineOf, textOf } from './log-line.ts';

const at = new Date('2026-11-30T04:17:03.123Z');

test('a line has time, level, type, id and PID of the process, and the text', () => {
  const line = lineOf(at, 'warn', labelOf({ type: 'tab', id: 7, pid: 4312 }), 'was ended by SIGKILL');
  expect(line).toBe('2026-11-30T04:17:03.123Z warn tab 7 (pid 4312): was ended by SIGKILL');
  expect(entryOf(line)).toEqual({
    at: at.getTime(),
    level: 'warn',
    process: 'tab 7 (pid 4312)',
    text: 'was ended by SIGKILL',
  });
});

test.each(['', 'no line', 'yesterday warn tab 7: x', `${at.toISOString()} fatal tab 7: x`])(
  'a text that is no line of the log is not shown: %j',
  (text) => expect(entryOf(text)).toBeUndefined(),
);

test('a text stays on its line, whatever a page puts into it', () => {
  const hostile = 'one\ntwo\r\n\u2028three\0\u001b[31m\u202efour\u009b\ud800\u200b';
  const text = textOf([hostile]);
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
  expect(text).toMatch(/^one \| two \| /);
  const forged = textOf([`x\n${at.toISOString()} error browser: it ends`]);
  expect(forged.split('\n')).toHaveLength(1);
});

test('the name of a process cannot end its own part of the line', () => {
  const line = lineOf(at, 'info', labelOf({ type: 'plugin', id: `a: b\n${'c'.repeat(1000)}`, pid: 7 }), 'runs');
  expect(entryOf(line)?.text).toBe('runs');
});

test('a long text is cut before anything else is done with it', () => {
  expect(textOf(['x'.repeat(1_000_000)])).toHaveLength(2048);
  expect(textOf([`${'x'.repeat(2047)}\u{1F6A2}`])).toHaveLength(2048);
});

test.each([
  'https://user:secret@shop.example/cart?card=4711',
  'file:///home/user/secret.txt',
  'data:text/html,secret',
  'blob:https://shop.example/secret',
  '/home/user/secret',
])('%s does not get into a line', (address) => {
  const text = textOf(['failed:', new TypeError(`cannot load ${address}.`)]);
  expect(text).toMatch(/^failed: TypeError: cannot load …/);
  expect(text).not.toMatch(/secret|shop/);
});

test('the call stack of an error is in the line, because it tells where a bug is', () => {
  const error = new Error('it was told to fail');
  expect(textOf([error])).toMatch(/Error: it was told to fail \| at /);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readMemoryReaders } from './memory-readers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-yama-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['0\n', 'user'],
  ['1\n', 'parents'],
  ['2\n', 'administrators'],
  ['3\n', 'none'],
  ['4\n', null],
  ['none\n', null],
])('ptrace_scope %j means %s', (text, readers) => {
  const file = path.join(folder, 'ptrace_scope');
  writeFileSync(file, text);
  expect(readMemoryReaders(file)).toBe(readers);
});

test('without Yama, every process of the user may read; with an unreadable setting, the answer is null', () => {
  expect(readMemoryReaders(path.join(folder, 'ptrace_scope'))).toBe('user');
  expect(readMemoryReaders(folder)).toBeNull();
});

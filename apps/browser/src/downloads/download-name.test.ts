import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { downloadName, freeName } from './download-name.ts';

test.each([
  ['report.pdf', 'report.pdf'],
  ['archive.tar.gz', 'archive.tar.gz'],
  ['보고서 최종.hwp', '보고서 최종.hwp'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['.bashrc', 'bashrc'],
  ['a\u202egpj.exe', 'agpj.exe'],
  ['a\u0000b\n.txt', 'ab.txt'],
  ['con.', 'con_'],
  ['CON', 'CON_'],
  ['..', 'download'],
  ['', 'download'],
  ['name.', 'name'],
])('saves %j as %j', (wanted, name) => {
  expect(downloadName(wanted)).toBe(name);
});

test('every name is a valid file name, with room for a number', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 2000 })), (wanted) => {
      const name = downloadName(wanted);
      expect(name).not.toMatch(/[/\\\p{C}]|^\.|^$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(231);
    }),
  );
});

test('keeps the extension of a long name', () => {
  expect(downloadName(`${'가'.repeat(300)}.txt`)).toMatch(/^가+\.txt$/);
});

test('never takes the name of an existing file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-downloads-'));
  try {
    expect(freeName(folder, 'a.txt')).toBe('a.txt');
    writeFileSync(path.join(folder, 'a.txt'), '');
    writeFileSync(path.join(folder, 'a (1).txt'), '');
    expect(freeName(folder, 'a.txt')).toBe('a (2).txt');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

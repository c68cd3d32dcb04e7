import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { mapFile, mappedAt, mappingBytes } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('maps a file: shared with other mappings, or private', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, 'before');
  truncateSync(file, mappingBytes);
  const fd = openSync(file, 'r+');
  const [shared, private_] = [mapFile(fd, mappingBytes, 'shared'), mapFile(fd, mappingBytes, 'private')];
  closeSync(fd);
  expect(readFileSync('/proc/self/maps', 'latin1')).toMatch(
    new RegExp(`^0*${mappedAt(shared).slice(2)}-.* rw-s .*/file$`, 'm'),
  );
  shared.set(new TextEncoder().encode('AFTER'));
  expect(readFileSync(file, 'latin1').slice(0, 6)).toBe('AFTERe');
  expect(private_[0]).toBe('A'.charCodeAt(0));
  private_[0] = 1;
  expect(shared[0]).toBe('A'.charCodeAt(0));
});

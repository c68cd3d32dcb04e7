import { expect, test, vi } from 'vitest';
import { internalFile, onSystem } from './internal-pages.ts';

vi.mock('electron', () => ({ protocol: {} })); // internalFile uses nothing of it

const tabs = new Set(['newtab']);

test.each([
  ['bulkhead://newtab/', 'apps/pages/index.html'],
  ['bulkhead://newtab', 'apps/pages/index.html'],
  ['bulkhead://nonsense/', 'apps/pages/index.html'],
  ['bulkhead://newtab/assets/page-1_a.js', 'assets/page-1_a.js'],
  ['bulkhead://newtab/assets/../../package.json', undefined],
  ['bulkhead://newtab/assets/%2e%2e%2fx.js', undefined],
  ['bulkhead://newtab/assets/.env', undefined],
  ['bulkhead://shell/', undefined],
  ['bulkhead://a^b/', undefined],
])('%s is %s to a tab', (address, file) => expect(internalFile(address, tabs)).toBe(file));

test('a document says on which system it is shown, where that is not Linux', () => {
  expect(onSystem('<html lang="en">', 'linux')).toBe('<html lang="en">');
  expect(onSystem('<html lang="en">', 'darwin')).toBe('<html data-elsewhere="darwin" lang="en">');
});

test('the shell is there for the shell', () => {
  expect(internalFile('bulkhead://shell/', new Set(['shell']))).toBe('apps/shell/index.html');
});

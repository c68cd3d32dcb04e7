import type { Protocol, Session } from 'electron';
import { expect, test, vi } from 'vitest';
import { alone, internalFile, onSystem, serveInternalPages } from './internal-protocol.ts';

vi.mock('electron', () => ({ protocol: {} })); // not used here

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

test('a document names the system it is shown on, unless that is Linux', () => {
  expect(onSystem('<html lang="en">', 'linux')).toBe('<html lang="en">');
  expect(onSystem('<html lang="en">', 'darwin')).toBe('<html data-elsewhere="darwin" lang="en">');
});

test("the shell's session serves the shell", () => {
  expect(internalFile('bulkhead://shell/', new Set(['shell']))).toBe('apps/shell/index.html');
});

type Handler = Parameters<Protocol['registerBufferProtocol']>[1];

/** Says whether the answer separates the page from its openers. */
function isTakenApart(handler: Handler | undefined, headers: Record<string, string>): Promise<boolean> {
  const request = { url: 'bulkhead://newtab/', method: 'GET', referrer: '', headers };
  return new Promise((resolve) =>
    handler?.(request, (answer) =>
      resolve('headers' in answer && 'Cross-Origin-Opener-Policy' in (answer.headers ?? {})),
    ),
  );
}

test('a page is separated from every opener, unless it is loaded into new contents, once', async () => {
  let handler: Handler | undefined;
  const protocol = {
    registerBufferProtocol(_scheme: string, serve: Handler) {
      handler = serve;
      return true;
    },
  };
  const session = { protocol } as unknown as Session;
  serveInternalPages(session, { rendererFolder: '/nowhere', hosts: tabs, language: () => 'system' });
  const [, name = '', secret = ''] = /^(\S+): (\S+)$/.exec(alone().extraHeaders ?? '') ?? [];
  expect(await isTakenApart(handler, {})).toBe(true);
  expect(await isTakenApart(handler, { [name]: 'guessed' })).toBe(true);
  expect(await isTakenApart(handler, { [name]: secret })).toBe(false);
  // The user comes back to the page.
  expect(await isTakenApart(handler, { [name]: secret })).toBe(true);
});

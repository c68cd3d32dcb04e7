import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutCredentials } from './credentials.ts';

test.each([
  ['http://ada:secret@a.example/x?y@z#w@v', 'http://a.example/x?y@z#w@v'],
  ['http://ada@a.example:8080/', 'http://a.example:8080/'],
  ['https://ada:a%40b@a.example/', 'https://a.example/'],
  ['https://a@b:c@a.example', 'https://a.example'],
  ['view-source:http://ada:secret@a.example/', 'view-source:http://a.example/'],
  ['blob:http://ada:secret@a.example/1-2', 'blob:http://a.example/1-2'],
  ['ftp://ada:secret@a.example/', 'ftp://a.example/'],
  ['http://[::1]:80/@', 'http://[::1]:80/@'],
  ['https://a.example/@ada', 'https://a.example/@ada'],
  ['https://a.example?q=http://ada:secret@b', 'https://a.example?q=http://ada:secret@b'],
  ['mailto:ada@a.example', 'mailto:ada@a.example'],
  ['data:text/html,//a@b', 'data:text/html,//a@b'],
  ['', ''],
])('%s becomes %s', (address, shown) => expect(withoutCredentials(address)).toBe(shown));

test('no address that parses keeps its user or password', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string(),
      fc.string(),
      (url, user, password) => {
        const address = new URL(url);
        const before = address.href;
        address.username = user;
        address.password = password;
        expect(withoutCredentials(address.href)).toBe(before);
      },
    ),
  );
});

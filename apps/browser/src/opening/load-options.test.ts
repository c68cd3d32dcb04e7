import { expect, test } from 'vitest';
import { loadOptions } from './load-options.ts';

const referrer = { url: 'https://a.example/', policy: 'strict-origin-when-cross-origin' } as const;
const raw = (text: string) => ({ type: 'rawData', bytes: Buffer.from(text) }) as const;
const file = { type: 'file', filePath: '/file' } as const;
const urlEncoded = 'application/x-www-form-urlencoded';

test.each([
  ['a form in the usual encoding', { contentType: urlEncoded, data: [raw('a=1&b=2')] }, urlEncoded],
  ['an empty form', { contentType: urlEncoded, data: [] }, urlEncoded],
  ['a form in plain text', { contentType: urlEncoded, data: [raw('a=1\r\n')] }, 'text/plain'],
  [
    'a form in parts, with a file',
    {
      contentType: 'multipart/form-data',
      boundary: '----x',
      data: [raw('------x\r\n'), file, raw('\r\n------x--\r\n')],
    },
    'multipart/form-data; boundary=----x',
  ],
])('%s keeps its body and its type', (_what, postBody, type) => {
  expect(loadOptions({ referrer, postBody })).toEqual({
    httpReferrer: referrer,
    postData: postBody.data,
    extraHeaders: `content-type: ${type}`,
  });
});

test('a load without a form has a referrer and no body', () => {
  expect(loadOptions({ referrer })).toEqual({ httpReferrer: referrer });
});

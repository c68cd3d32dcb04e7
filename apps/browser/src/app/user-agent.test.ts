import { expect, test } from 'vitest';
import { chromeUserAgent } from './user-agent.ts';

test.each([
  ['linux', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'],
  [
    'win32',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  ],
  [
    'darwin',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  ],
] as const)('on %s it is that of Chrome', (platform, userAgent) => {
  expect(chromeUserAgent('130.0.6723.137', platform)).toBe(userAgent);
});

import { expect, it } from 'vitest';
import { ensureHome } from './account.mjs';

it('reports that the home of the account cannot be made, and how to make it by hand', () => {
  const account = { name: 'bulkhead', uid: 1, gid: 1, home: '/dev/null/nowhere' };
  expect(() => ensureHome(account)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('The home /dev/null/nowhere of the user "bulkhead"'),
      remedy: expect.arrayContaining(['install -d -o bulkhead /dev/null/nowhere']),
    }),
  );
});

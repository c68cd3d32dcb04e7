import { expect, test } from 'vitest';
import { sandboxOf, sandboxRank } from './sandbox.ts';

test.each([
  [2, 3, 'sandboxed'],
  [2, 1, 'filtered'],
  [0, 2, 'namespace'],
  [1, 1, 'none'],
  [0, 1, 'none'],
  [null, 3, 'unknown'],
  [2, null, 'unknown'],
])('takes seccomp %j in %j PID namespaces for %s', (seccomp, pidNamespaces, sandbox) => {
  expect(sandboxOf({ seccomp, pidNamespaces })).toBe(sandbox);
});

test('ranks from none to complete, and what is not known nowhere', () => {
  const ranks = (['none', 'namespace', 'filtered', 'sandboxed'] as const).map(sandboxRank);
  expect(ranks).toEqual([0, 1, 2, 3]);
  expect(sandboxRank('unknown')).toBeNull();
});

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

const confinement = {
  seccomp: true,
  allowedCalls: 68,
  deniedCalls: 0,
  landlock: 7,
  landlockThreads: 'this and later ones' as const,
  threads: 15,
  dropped: 7,
  trials: [],
  missing: '',
};
test.each([
  [null, 'unconfined'],
  [confinement, 'confined'],
  // It may still make most calls, which is no lock-down.
  [{ ...confinement, allowedCalls: 0, deniedCalls: 70 }, 'filtered'],
  [{ ...confinement, landlock: 0, missing: 'the kernel has no Landlock' }, 'filtered'],
  [{ ...confinement, seccomp: false, missing: 'darwin has no seccomp' }, 'unconfined'],
])('takes a report on a lock-down (%j) for %s', (said, sandbox) => {
  expect(sandboxOf({ seccomp: 2, pidNamespaces: 1, confinement: said })).toBe(sandbox);
});

test('ranks from none to complete, and does not rank the unknown', () => {
  const ranks = (['none', 'unconfined', 'namespace', 'filtered', 'confined', 'sandboxed'] as const).map(sandboxRank);
  expect(ranks).toEqual([0, 1, 2, 3, 4, 5]);
  expect(sandboxRank('unknown')).toBeNull();
});

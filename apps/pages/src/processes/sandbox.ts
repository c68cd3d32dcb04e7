import type { ProcessEntry } from '@bulkhead/contracts';

/** `sandboxed`: a seccomp filter and a PID namespace of its own. `filtered`: the filter alone. */
export type Sandbox = 'sandboxed' | 'filtered' | 'namespace' | 'none' | 'unknown';

type Facts = Pick<ProcessEntry, 'seccomp' | 'pidNamespaces'>;

/** What the system's own figures amount to. One of them missing is not taken for a no. */
export function sandboxOf({ seccomp, pidNamespaces }: Facts): Sandbox {
  if (seccomp === null || pidNamespaces === null) return 'unknown';
  const filtered = seccomp === 2;
  const nested = pidNamespaces > 1;
  if (filtered && nested) return 'sandboxed';
  if (filtered) return 'filtered';
  return nested ? 'namespace' : 'none';
}

const ranks: Sandbox[] = ['none', 'namespace', 'filtered', 'sandboxed'];

/** Orders sandboxes from none to complete; null for what is not known. */
export function sandboxRank(sandbox: Sandbox): number | null {
  return sandbox === 'unknown' ? null : ranks.indexOf(sandbox);
}

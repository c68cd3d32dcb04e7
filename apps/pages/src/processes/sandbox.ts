import type { ProcessEntry } from '@bulkhead/contracts';

/**
 * `sandboxed`: a seccomp filter and a PID namespace of its own. `confined`: it has locked itself down, completely.
 * `filtered`: a filter alone, or one that leaves most calls to it. `unconfined`: it is to lock itself down, and has not, or not completely.
 */
export type Sandbox = 'sandboxed' | 'confined' | 'filtered' | 'namespace' | 'unconfined' | 'none' | 'unknown';

type Facts = Pick<ProcessEntry, 'seccomp' | 'pidNamespaces' | 'confinement'>;

/** What the system's own figures amount to. One of them missing is not taken for a no. */
export function sandboxOf({ seccomp, pidNamespaces, confinement }: Facts): Sandbox {
  if (confinement === null) return 'unconfined';
  if (confinement) {
    const { seccomp, deniedCalls, missing } = confinement;
    if (!seccomp) return 'unconfined';
    return missing === '' && deniedCalls === 0 ? 'confined' : 'filtered';
  }
  if (seccomp === null || pidNamespaces === null) return 'unknown';
  const filtered = seccomp === 2;
  const nested = pidNamespaces > 1;
  if (filtered && nested) return 'sandboxed';
  if (filtered) return 'filtered';
  return nested ? 'namespace' : 'none';
}

const ranks: Sandbox[] = ['none', 'unconfined', 'namespace', 'filtered', 'confined', 'sandboxed'];

/** Orders sandboxes from none to complete; null for what is not known. */
export function sandboxRank(sandbox: Sandbox): number | null {
  return sandbox === 'unknown' ? null : ranks.indexOf(sandbox);
}

import type { ProcessEntry } from '@bulkhead/contracts';

/**
 * `sandboxed`: a seccomp filter and a PID namespace of its own. `confined`: the process has locked itself down
 * completely. `filtered`: a filter alone, one that allows most calls, or an incomplete lock-down. `unconfined`: it
 * should lock itself down, and has no filter.
 */
export type Sandbox = 'sandboxed' | 'confined' | 'filtered' | 'namespace' | 'unconfined' | 'none' | 'unknown';

type Facts = Pick<ProcessEntry, 'seccomp' | 'pidNamespaces' | 'confinement'>;

/** Rates a process's sandbox by the system's figures and the process's own report. A missing figure means `unknown`. */
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

/** Returns the rank of a sandbox, from none to complete; null for an unknown one. */
export function sandboxRank(sandbox: Sandbox): number | null {
  return sandbox === 'unknown' ? null : ranks.indexOf(sandbox);
}

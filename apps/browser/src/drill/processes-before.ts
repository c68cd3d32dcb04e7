import type { ProcessSampler } from '../processes/process-sampler.ts';
import type { DrillResult } from './drill-result.ts';

/** Returns every process of Bulkhead, as the system reports it now. */
export async function describeProcesses(sampler: ProcessSampler): Promise<DrillResult['processes']> {
  const { processes } = await sampler.sample();
  return processes.map(({ type, pid, parentPid, pssKiB, seccomp, pidNamespaces }) => ({
    type,
    pid,
    ppid: parentPid,
    pssKiB,
    seccomp,
    nestedPidNamespace: pidNamespaces === null ? null : pidNamespaces > 1,
  }));
}

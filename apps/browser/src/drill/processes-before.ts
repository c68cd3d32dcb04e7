import type { ProcessSampler } from '../processes/process-sampler.ts';
import type { DrillResult } from './drill-result.ts';

/** Every process of the program, as the system knows it now. */
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

import type { ProcessList } from '@bulkhead/contracts';
import { app } from 'electron';
import type { ProcessNames } from './process-sampler.ts';

const types = { Browser: 'browser', Tab: 'tab', GPU: 'gpu', Utility: 'utility', Zygote: 'zygote' } as const;

/**
 * The processes as the runtime counts them: where there is no /proc to read. Memory is the working set, not the
 * proportional one, and of the sandbox the runtime tells nothing that this program could check.
 */
export function sampleAppMetrics(names: ProcessNames): ProcessList {
  const processes = app.getAppMetrics().map(({ pid, type, name, serviceName, cpu, memory }) => ({
    pid,
    parentPid: null,
    ...(names.describe(pid) ?? {
      type: types[type as keyof typeof types] ?? ('other' as const),
      title: name ?? serviceName ?? type,
      tabs: [],
    }),
    pssKiB: memory.workingSetSize,
    cpuPercent: cpu.percentCPUUsage,
    seccomp: null,
    pidNamespaces: null,
    noNewPrivileges: null,
    capabilities: null,
    site: null,
    state: null,
    privateKiB: memory.privateBytes ?? null,
    sharedMemoryKiB: null,
    descriptors: null,
    threads: null,
    nice: null,
    heapBytes: null,
    framesPerSecond: null,
    messagesPerSecond: null,
    bytesPerSecond: null,
    networkBytes: null,
  }));
  return { processes };
}

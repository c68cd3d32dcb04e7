import type { ProcessList } from '@bulkhead/contracts';
import { app } from 'electron';
import type { ProcessMeasures, ProcessNames } from './process-sampler.ts';

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
      type: serviceName?.startsWith('network.')
        ? ('network' as const)
        : (types[type as keyof typeof types] ?? ('other' as const)),
      title: name ?? serviceName ?? type,
      tabs: [],
    }),
    ...measured(names, pid),
    pssKiB: memory.workingSetSize,
    cpuPercent: cpu.percentCPUUsage,
    seccomp: null,
    pidNamespaces: null,
    noNewPrivileges: null,
    capabilities: null,
    state: null,
    privateKiB: memory.privateBytes ?? null,
    sharedMemoryKiB: null,
    descriptors: null,
    threads: null,
    nice: null,
    messagesPerSecond: null,
    bytesPerSecond: null,
  }));
  return { processes, memoryReaders: null };
}

/** What the browser itself counts, but for rates, which a sample before would be needed for. */
function measured(names: ProcessNames, pid: number) {
  const { traffic: _, ...rest } = names.measure?.(pid) ?? unmeasured;
  return rest;
}

const unmeasured: ProcessMeasures = {
  site: null,
  heapBytes: null,
  framesPerSecond: null,
  networkBytes: null,
  traffic: null,
};

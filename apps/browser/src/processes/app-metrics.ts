import type { ProcessList } from '@bulkhead/contracts';
import { app } from 'electron';
import type { ProcessMeasures, ProcessNames } from './named-process.ts';

const types = { Browser: 'browser', Tab: 'tab', GPU: 'gpu', Utility: 'utility', Zygote: 'zygote' } as const;

/**
 * Returns the processes as Electron counts them, for systems without /proc. Memory is the working set, not the
 * proportional set size, and Electron reports nothing about the sandbox that Bulkhead could check.
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

/** Returns what the browser itself counts, without rates, which would need an earlier sample. */
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

import { readdir } from 'node:fs/promises';
import type { ProcessEntry, ProcessList } from '@bulkhead/contracts';
import { app } from 'electron';
import { sampleAppMetrics } from './app-metrics.ts';
import { type ProcessReading, readParentPid, readProcess, ticksPerSecond } from './proc.ts';

/** What the browser knows of its processes and the system does not: who runs in them. */
export interface ProcessNames {
  /** Type and title of a process by its PID; undefined for one that the browser has no name for. */
  describe(pid: number): Pick<ProcessEntry, 'type' | 'title' | 'tabs'> | undefined;
}

/**
 * The one sampler of the whole program: every reader of a CPU share sees the same sample. Finds the processes by
 * walking /proc from the browser process down, so that what Chromium starts beside our back is seen too.
 */
export class ProcessSampler {
  readonly #rootPid: number;
  readonly #names: ProcessNames;
  /** CPU ticks and time of the sample before, by `pid:startTicks`. */
  #before = new Map<string, { cpuTicks: number; at: number }>();
  #running: Promise<ProcessList> | undefined;

  constructor(rootPid: number, names: ProcessNames) {
    this.#rootPid = rootPid;
    this.#names = names;
  }

  /** A new sample; callers at the same time share one. */
  sample(): Promise<ProcessList> {
    this.#running ??= this.#take().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Is `pid` a process of this program now? The question before any signal is sent. */
  async owns(pid: number): Promise<boolean> {
    if (process.platform !== 'linux') return app.getAppMetrics().some((metric) => metric.pid === pid);
    return (await this.#family()).has(pid);
  }

  async #take(): Promise<ProcessList> {
    if (process.platform !== 'linux') return sampleAppMetrics(this.#names);
    const now = new Map<string, { cpuTicks: number; at: number }>();
    const pids = [...(await this.#family())];
    const readings = await Promise.all(pids.map(async (pid) => [pid, await readProcess(pid)] as const));
    const processes = readings.flatMap(([pid, reading]) => {
      if (!reading) return [];
      const key = `${pid}:${reading.startTicks}`;
      const current = { cpuTicks: reading.cpuTicks, at: performance.now() };
      now.set(key, current);
      return this.#entry(pid, reading, cpuPercent(this.#before.get(key), current));
    });
    this.#before = now;
    return { processes };
  }

  async #family(): Promise<Set<number>> {
    const pids = (await readdir('/proc').catch(() => [])).map(Number).filter(Number.isInteger);
    const parents = new Map<number, number>();
    await Promise.all(
      pids.map(async (pid) => {
        const parentPid = await readParentPid(pid);
        if (parentPid !== undefined) parents.set(pid, parentPid);
      }),
    );
    const isOurs = (pid: number | undefined): boolean =>
      pid === this.#rootPid || (pid !== undefined && pid > 1 && isOurs(parents.get(pid)));
    return new Set([...parents.keys()].filter(isOurs));
  }

  #entry(pid: number, reading: ProcessReading, cpu: number | null): ProcessEntry {
    const known = pid === this.#rootPid ? { type: 'browser' as const, title: 'Bulkhead', tabs: [] } : undefined;
    return {
      pid,
      parentPid: reading.parentPid,
      ...(known ?? this.#names.describe(pid) ?? describeByCommandLine(reading.commandLine)),
      pssKiB: reading.pssKiB,
      cpuPercent: cpu,
      seccomp: reading.seccomp,
      pidNamespaces: reading.pidNamespaces,
      noNewPrivileges: reading.noNewPrivileges,
    };
  }
}

function cpuPercent(before: { cpuTicks: number; at: number } | undefined, now: { cpuTicks: number; at: number }) {
  if (!before || now.at <= before.at) return null;
  const seconds = (now.cpuTicks - before.cpuTicks) / ticksPerSecond;
  return (100 * Math.max(0, seconds)) / ((now.at - before.at) / 1000);
}

/** Chromium names its processes by `--type` and, below a utility, by `--utility-sub-type`. */
export function describeByCommandLine(commandLine: string): Pick<ProcessEntry, 'type' | 'title' | 'tabs'> {
  const argument = (name: string) => new RegExp(`--${name}=([^\\0 ]+)`).exec(commandLine)?.[1];
  const type = argument('type');
  const service = argument('utility-sub-type');
  if (type === 'gpu-process') return { type: 'gpu', title: 'GPU', tabs: [] };
  if (type === 'zygote') return { type: 'zygote', title: 'Zygote', tabs: [] };
  if (service?.startsWith('network.')) return { type: 'network', title: 'Network service', tabs: [] };
  if (type === 'utility') return { type: 'utility', title: service ?? 'Utility', tabs: [] };
  return { type: 'other', title: type ?? commandLine.split('\0')[0]?.split('/').at(-1) ?? '', tabs: [] };
}

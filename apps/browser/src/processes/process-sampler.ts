import type { ProcessEntry, ProcessList } from '@bulkhead/contracts';
import { app } from 'electron';
import { fewAtOnce } from '../timing/few-at-once.ts';
import { sampleAppMetrics } from './app-metrics.ts';
import { familyOf } from './family.ts';
import { readMemoryReaders } from './memory-readers.ts';
import type { Description, ProcessMeasures, ProcessNames } from './named-process.ts';
import { type ProcessReading, readProcess, ticksPerSecond } from './proc.ts';

const unmeasured: ProcessMeasures = {
  site: null,
  heapBytes: null,
  framesPerSecond: null,
  networkBytes: null,
  traffic: null,
};

/** Data of a process that are kept for the next sample, to compute rates and to name it. */
interface Kept extends Counts {
  description: Description;
}

interface Counts {
  cpuTicks: number;
  messages: number;
  bytes: number;
  /** Time of the sample, ms. */
  at: number;
}

/**
 * The only sampler of the browser, so that every reader of a CPU share sees the same sample. Finds the processes by
 * walking /proc from the browser process down, including processes that Chromium starts on its own.
 */
export class ProcessSampler {
  readonly #rootPid: number;
  readonly #names: ProcessNames;
  /** The sample before, by `pid:startTicks`. */
  #before = new Map<string, Kept>();
  #running: Promise<ProcessList> | undefined;

  constructor(rootPid: number, names: ProcessNames) {
    this.#rootPid = rootPid;
    this.#names = names;
  }

  /** Takes a new sample. Simultaneous callers share one. */
  sample(): Promise<ProcessList> {
    this.#running ??= this.#take().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Says whether `pid` is a process of Bulkhead now. Call it before sending a signal. */
  async owns(pid: number): Promise<boolean> {
    if (process.platform !== 'linux') return app.getAppMetrics().some((metric) => metric.pid === pid);
    return (await familyOf(this.#rootPid)).has(pid);
  }

  async #take(): Promise<ProcessList> {
    if (process.platform !== 'linux') return sampleAppMetrics(this.#names);
    const now = new Map<string, Kept>();
    const pids = [...(await familyOf(this.#rootPid))];
    const readings = await fewAtOnce(pids, async (pid) => [pid, await readProcess(pid)] as const);
    const processes = readings.flatMap(([pid, reading]) => {
      if (!reading) return [];
      const key = `${pid}:${reading.startTicks}`;
      const measures = this.#names.measure?.(pid) ?? unmeasured;
      const { messages = 0, bytes = 0 } = measures.traffic ?? {};
      const before = this.#before.get(key);
      const description = this.#describe(pid, reading, before?.description);
      const current = { cpuTicks: reading.cpuTicks, messages, bytes, at: performance.now(), description };
      now.set(key, current);
      return this.#entry(pid, reading, measures, current, perSecond(before, current));
    });
    this.#before = now;
    return { processes, memoryReaders: readMemoryReaders() };
  }

  /** A process that has ended has no command line and no known PID any more, so it keeps its description. */
  #describe(pid: number, { commandLine }: ProcessReading, before: Description | undefined): Description {
    if (pid === this.#rootPid) return { type: 'browser', title: 'Bulkhead', tabs: [] };
    if (commandLine === '' && before) return { ...before, tabs: [] };
    return this.#names.describe(pid) ?? describeByCommandLine(commandLine);
  }

  #entry(
    pid: number,
    reading: ProcessReading,
    measures: ProcessMeasures,
    { description }: Kept,
    rates: Rates | undefined,
  ): ProcessEntry {
    return {
      pid,
      parentPid: reading.parentPid,
      ...description,
      pssKiB: reading.pssKiB,
      cpuPercent: rates ? (100 * rates.cpuTicks) / ticksPerSecond : null,
      seccomp: reading.seccomp,
      pidNamespaces: reading.pidNamespaces,
      noNewPrivileges: reading.noNewPrivileges,
      capabilities: reading.capabilities,
      ...(measures.confinement !== undefined && { confinement: measures.confinement }),
      ...(measures.refusedCalls !== undefined && { refusedCalls: measures.refusedCalls }),
      site: measures.site,
      state: reading.state,
      privateKiB: reading.privateKiB,
      sharedMemoryKiB: reading.sharedMemoryKiB,
      descriptors: reading.descriptors,
      threads: reading.threads,
      nice: reading.nice,
      heapBytes: measures.heapBytes,
      framesPerSecond: measures.framesPerSecond,
      messagesPerSecond: measures.traffic && (rates?.messages ?? null),
      bytesPerSecond: measures.traffic && (rates?.bytes ?? null),
      networkBytes: measures.networkBytes,
    };
  }
}

type Rates = Omit<Counts, 'at'>;

/** A new document's port starts to count at zero, so a negative rate becomes zero. */
function perSecond(before: Counts | undefined, now: Counts): Rates | undefined {
  if (!before || now.at <= before.at) return undefined;
  const seconds = (now.at - before.at) / 1000;
  const rate = (name: keyof Rates) => Math.max(0, now[name] - before[name]) / seconds;
  return { cpuTicks: rate('cpuTicks'), messages: rate('messages'), bytes: rate('bytes') };
}

/** Chromium names its processes by `--type` and, for a utility process, by `--utility-sub-type`. */
export function describeByCommandLine(commandLine: string): Description {
  const argument = (name: string) => new RegExp(`--${name}=([^\\0 ]+)`).exec(commandLine)?.[1];
  const type = argument('type');
  const service = argument('utility-sub-type');
  if (type === 'gpu-process') return { type: 'gpu', title: 'GPU', tabs: [] };
  if (type === 'zygote') return { type: 'zygote', title: 'Zygote', tabs: [] };
  if (service?.startsWith('network.')) return { type: 'network', title: 'Network service', tabs: [] };
  if (type === 'broker') return { type: 'network', title: 'Broker', tabs: [] };
  if (type === 'utility') return { type: 'utility', title: service ?? 'Utility', tabs: [] };
  return { type: 'other', title: type ?? commandLine.split('\0')[0]?.split('/').at(-1) ?? '', tabs: [] };
}

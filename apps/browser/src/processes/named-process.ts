import type { ProcessEntry } from '@bulkhead/contracts';

/** Facts of processes that the browser knows, and the system does not. */
export interface ProcessNames {
  /** Returns type and title of a process, or undefined when the browser does not know it. */
  describe(pid: number): Description | undefined;
  /** Returns what the browser itself counts of that process's work. */
  measure?(pid: number): ProcessMeasures;
}

export interface ProcessMeasures
  extends Pick<
    ProcessEntry,
    'site' | 'heapBytes' | 'framesPerSecond' | 'networkBytes' | 'confinement' | 'refusedCalls'
  > {
  /** Total over its open ports to the browser, both directions. Null when it has none. */
  traffic: { messages: number; bytes: number } | null;
}

export type Description = Pick<ProcessEntry, 'type' | 'title' | 'tabs'>;

import { readFileSync } from 'node:fs';

/** The kernel's counts for the calling thread. */
export interface ThreadCounts {
  /** System calls that read or write files, pipes and sockets. */
  readonly readCalls: number;
  readonly writeCalls: number;
  /** Context switches because the thread had to wait. */
  readonly voluntarySwitches: number;
  /** Context switches because another thread got the processor. */
  readonly involuntarySwitches: number;
  /** Time on a processor, and time spent ready while other threads had the processor, ns. */
  readonly runningNs: number;
  readonly readyNs: number;
}

/**
 * @returns the counts of this thread since its start. A count that this kernel does not keep is 0.
 * @see proc(5): io, status and schedstat of the thread
 */
export function threadCounts(): ThreadCounts {
  const io = contents('io');
  const status = contents('status');
  const [runningNs = 0, readyNs = 0] = contents('schedstat').split(' ').map(Number);
  const count = (text: string, name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    readCalls: count(io, 'syscr'),
    writeCalls: count(io, 'syscw'),
    voluntarySwitches: count(status, 'voluntary_ctxt_switches'),
    involuntarySwitches: count(status, 'nonvoluntary_ctxt_switches'),
    runningNs,
    readyNs,
  };
}

function contents(file: string): string {
  try {
    return readFileSync(`/proc/thread-self/${file}`, 'latin1');
  } catch {
    return ''; // this kernel does not have the file
  }
}

import { readFileSync } from 'node:fs';

/** What the kernel has counted of the thread that asks. */
export interface ThreadCounts {
  /** Calls that read or write, of files, pipes and sockets. */
  readonly readCalls: number;
  readonly writeCalls: number;
  /** It had to wait for something. */
  readonly voluntarySwitches: number;
  /** The processor was taken from it. */
  readonly involuntarySwitches: number;
  /** Nanoseconds on a processor, and ready for one while others had it. */
  readonly runningNs: number;
  readonly readyNs: number;
}

/** Of this thread since its beginning; zero where this kernel does not count it. */
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
    return ''; // not in this kernel
  }
}

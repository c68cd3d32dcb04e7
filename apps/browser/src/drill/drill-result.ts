/** What the drill writes to `result.json`. Times in ms, all of them measured in the run that the file is of. */
export interface DrillResult {
  /** Every fault was noticed, shown and recovered from, and every survivor kept its process, state and heartbeat. */
  ok: boolean;
  runtime: { bulkhead: string; electron: string; chromium: string; node: string };
  processes: {
    type: string;
    pid: number;
    ppid: number | null;
    pssKiB: number | null;
    seccomp: number | null;
    nestedPidNamespace: boolean | null;
  }[];
  /** The witnesses over the same time with no fault at all: what their longest gaps are to be compared with. */
  baseline: SurvivorReading[];
  faults: FaultReading[];
}

export interface FaultReading {
  fault: string;
  victim: { type: 'tab' | 'plugin'; pid: number };
  /** From the fault to: the browser knows; the person sees it on the screen; the victim works again (from the reload). */
  detectedMs: number;
  shownMs: number;
  recoveredMs: number;
  survivors: SurvivorReading[];
}

export interface SurvivorReading {
  /** Number of the tab. */
  tab: number;
  pidKept: boolean;
  /** The document is the same, what was typed still stands there, and its counter went on. */
  stateKept: boolean;
  /** Longest time between two ticks of the page's 4 ms timer, from the fault on. */
  longestGapMs: number;
  heartbeatsLost: number;
}

export const survived = (reading: SurvivorReading) =>
  reading.pidKept && reading.stateKept && reading.heartbeatsLost === 0;

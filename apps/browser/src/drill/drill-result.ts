import type { MatrixCell, WitnessReading } from '@bulkhead/contracts';

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
  /** Longest gap of any survivor against the longest of the baseline. */
  gapRatio: number | null;
}

/** What `--drill=full` writes: the same, an entry for each cell of the matrix. What was not measured is null. */
export interface FullDrillResult extends Omit<DrillResult, 'faults'> {
  faults: (Omit<MatrixCell, 'pid' | 'victim' | 'noticedMs' | 'witnesses'> & {
    victim: { type: MatrixCell['victim']; pid: number | null };
    detectedMs: number | null;
    survivors: SurvivorReading[];
    gapRatio: FaultReading['gapRatio'];
  })[];
  /** Says which faults kept the survivors' gaps within the target. */
  gapVerdict: string;
}

/** What one survivor went through, from the fault on. */
export type SurvivorReading = WitnessReading;

export const survived = (reading: SurvivorReading) =>
  reading.pidKept && reading.stateKept && reading.heartbeatsLost === 0 && reading.messagesLost === 0;

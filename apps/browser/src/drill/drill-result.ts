import type { MatrixCell, WitnessReading } from '@bulkhead/contracts';

/** Content of the drill's `result.json`. Times in ms, all measured in this run. */
export interface DrillResult {
  /**
   * True if every fault was noticed, shown and recovered from, and every survivor kept process, state and heartbeat.
   */
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
  /** The witnesses over the same time without a fault, for comparison of their longest gaps. */
  baseline: SurvivorReading[];
  faults: FaultReading[];
}

export interface FaultReading {
  fault: string;
  victim: { type: 'tab' | 'plugin'; pid: number };
  /** Time from the fault until the browser knows it, ms. */
  detectedMs: number;
  /** Time from the fault until the screen shows it, ms. */
  shownMs: number;
  /** Time until the victim works again, ms: for a tab from its reload, for the plugin from the fault. */
  recoveredMs: number;
  survivors: SurvivorReading[];
  /** Ratio of the survivors' longest gap to the longest gap of the baseline; null if one was not measured. */
  gapRatio: number | null;
}

/** Result of `--drill=full`, with an entry for each cell of the matrix. Values that were not measured are null. */
export interface FullDrillResult extends Omit<DrillResult, 'faults'> {
  faults: (Omit<MatrixCell, 'pid' | 'victim' | 'noticedMs' | 'witnesses'> & {
    victim: { type: MatrixCell['victim']; pid: number | null };
    detectedMs: number | null;
    survivors: SurvivorReading[];
    gapRatio: FaultReading['gapRatio'];
  })[];
  /** Sentence that says for which faults the survivors' gaps stayed within the target. */
  gapVerdict: string;
}

/** State of one survivor since the fault. */
export type SurvivorReading = WitnessReading;

export const survived = (reading: SurvivorReading) =>
  reading.pidKept && reading.stateKept && reading.heartbeatsLost === 0 && reading.messagesLost === 0;

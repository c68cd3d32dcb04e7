import Table from 'cli-table3';

/** What the application writes of a drill. Times in milliseconds. */
export interface DrillResult {
  readonly ok: boolean;
  readonly runtime: { readonly electron: string; readonly chromium: string; readonly node: string };
  readonly processes: readonly DrillProcess[];
  readonly faults: readonly DrillFault[];
  /** The witnesses with no fault at all, for comparison. */
  readonly baseline?: readonly DrillSurvivor[];
}

/** A process as the system knew it before the first fault; null where the system would not say. */
export interface DrillProcess {
  readonly type: string;
  readonly pid: number;
  readonly ppid: number | null;
  readonly pssKiB: number | null;
  readonly seccomp: number | null;
  readonly nestedPidNamespace: boolean | null;
}

export interface DrillFault {
  readonly fault: string;
  readonly victim: { readonly type: string; readonly pid: number };
  readonly detectedMs: number;
  readonly shownMs: number;
  readonly recoveredMs: number;
  readonly survivors: readonly DrillSurvivor[];
}

export interface DrillSurvivor {
  readonly tab: number | string;
  readonly pidKept: boolean;
  readonly stateKept: boolean;
  readonly longestGapMs: number;
  readonly heartbeatsLost: number;
}

/** The result as a person reads it: the processes, what each fault did, and the verdict. */
export function formatDrill(result: DrillResult): string {
  const { electron, chromium, node } = result.runtime;
  return [
    `Electron ${electron}, Chromium ${chromium}, Node ${node}`,
    '',
    'Processes before the first fault',
    processTable(result.processes),
    '',
    'Faults: times in milliseconds, survivors as kept of all',
    faultTable(result),
    '',
    verdict(result),
  ].join('\n');
}

function processTable(processes: readonly DrillProcess[]): string {
  const byBirth = [...processes].sort((one, other) => one.pid - other.pid);
  const rows = byBirth.map(({ type, pid, ppid, pssKiB, seccomp, nestedPidNamespace }) => [
    type,
    pid,
    ppid ?? '?',
    pssKiB === null ? '?' : (pssKiB / 1024).toFixed(1),
    seccomp === null ? '?' : seccomp === 2 ? 'filter' : 'off',
    nestedPidNamespace === null ? '?' : nestedPidNamespace ? 'its own' : "the browser's",
  ]);
  return table(['process', 'PID', 'parent', 'PSS MiB', 'seccomp', 'PID namespace'], 'lrrrll', rows);
}

function faultTable({ faults, baseline }: DrillResult): string {
  const rows = faults.map(({ fault, victim, detectedMs, shownMs, recoveredMs, survivors }) => [
    fault,
    `${victim.type} ${victim.pid}`,
    detectedMs.toFixed(1),
    shownMs.toFixed(1),
    recoveredMs.toFixed(1),
    ...survivorCells(survivors),
  ]);
  if (baseline) rows.unshift(['(none)', '', '', '', '', ...survivorCells(baseline)]);
  const head = ['fault', 'victim', 'noticed', 'shown', 'recovered', 'PID', 'state', 'longest gap', 'beats lost'];
  return table(head, 'llrrrrrrr', rows);
}

function survivorCells(survivors: readonly DrillSurvivor[]): string[] {
  const kept = (holds: (survivor: DrillSurvivor) => boolean) => `${survivors.filter(holds).length}/${survivors.length}`;
  return [
    kept((survivor) => survivor.pidKept),
    kept((survivor) => survivor.stateKept),
    Math.max(0, ...survivors.map((survivor) => survivor.longestGapMs)).toFixed(1),
    String(survivors.reduce((sum, survivor) => sum + survivor.heartbeatsLost, 0)),
  ];
}

function verdict({ ok, faults }: DrillResult): string {
  if (ok) return `${faults.length} faults: every survivor kept its process, its state and its heartbeat.`;
  const hurt = faults.filter(({ survivors }) => survivors.some((each) => !isUnhurt(each))).map(({ fault }) => fault);
  const where = hurt.length > 0 ? ` after: ${hurt.join(', ')}` : '';
  return `FAILED: not every survivor kept its process, its state and its heartbeat${where}.`;
}

function isUnhurt({ pidKept, stateKept, heartbeatsLost }: DrillSurvivor): boolean {
  return pidKept && stateKept && heartbeatsLost === 0;
}

/** @param align one letter a column: l or r */
function table(head: string[], align: string, rows: (string | number)[][]): string {
  const lines = new Table({
    head,
    colAligns: [...align].map((letter) => (letter === 'r' ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  lines.push(...rows);
  return lines.toString();
}

import Table from 'cli-table3';

/** Result of a drill, as the app writes it. Times in milliseconds. */
export interface DrillResult {
  readonly ok: boolean;
  readonly runtime: { readonly electron: string; readonly chromium: string; readonly node: string };
  readonly processes: readonly DrillProcess[];
  readonly faults: readonly DrillFault[];
  /** The witnesses without a fault, for comparison. */
  readonly baseline?: readonly DrillSurvivor[];
  /** Faults that affected the survivors, as text. */
  readonly gapVerdict?: string;
}

/** A process before the first fault; null for values that the system does not give. */
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
  readonly victim: { readonly type: string; readonly pid: number | null };
  /** Null if there is nothing to notice, to show or to recover. */
  readonly detectedMs: number | null;
  readonly shownMs: number | null;
  readonly recoveredMs: number | null;
  readonly survivors: readonly DrillSurvivor[];
  /** Ratio of the survivors' longest gap to the longest gap without a fault. */
  readonly gapRatio?: number | null;
  /** State of a fault of the whole matrix. */
  readonly state?: 'not-run' | 'running' | 'passed' | 'failed' | 'unavailable';
  readonly unavailable?: string | null;
  readonly failure?: string | null;
}

export interface DrillSurvivor {
  readonly tab: number | string;
  readonly pidKept: boolean;
  readonly stateKept: boolean;
  readonly longestGapMs: number | null;
  readonly heartbeatsLost: number;
  readonly messagesLost?: number;
}

/** Returns the result as text: processes, effects of each fault, and verdict. */
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
    ...(result.gapVerdict ? [result.gapVerdict] : []),
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
  const rows = faults.map(({ survivors, gapRatio, ...of }) => [
    of.fault,
    of.state === 'unavailable' ? `not here: ${of.unavailable}` : `${of.victim.type} ${of.victim.pid ?? ''}`.trim(),
    milliseconds(of.detectedMs),
    milliseconds(of.shownMs),
    milliseconds(of.recoveredMs),
    ...survivorCells(survivors, gapRatio ?? null),
  ]);
  if (baseline) rows.unshift(['(none)', '', '', '', '', ...survivorCells(baseline, null)]);
  const head = [
    'fault',
    'victim',
    'noticed',
    'shown',
    'recovered',
    'PID',
    'state',
    'longest gap',
    'times (none)',
    'beats lost',
    'messages lost',
  ];
  return table(head, 'llrrrrrrrrr', rows);
}

const milliseconds = (value: number | null) => value?.toFixed(1) ?? '';

function survivorCells(survivors: readonly DrillSurvivor[], gapRatio: number | null): string[] {
  const kept = (holds: (survivor: DrillSurvivor) => boolean) => `${survivors.filter(holds).length}/${survivors.length}`;
  if (survivors.length === 0) return ['', '', '', '', '', ''];
  return [
    kept((survivor) => survivor.pidKept),
    kept((survivor) => survivor.stateKept),
    Math.max(0, ...survivors.map((survivor) => survivor.longestGapMs ?? 0)).toFixed(1),
    gapRatio?.toFixed(2) ?? '',
    String(survivors.reduce((sum, survivor) => sum + survivor.heartbeatsLost, 0)),
    String(survivors.reduce((sum, survivor) => sum + (survivor.messagesLost ?? 0), 0)),
  ];
}

function verdict({ ok, faults }: DrillResult): string {
  const ran = faults.filter(({ state }) => state !== 'unavailable');
  if (ok) return `${ran.length} faults: every survivor kept its process, its state and its heartbeat.`;
  const failures = ran.flatMap(({ fault, failure }) => (failure ? [`  ${fault}: ${failure}`] : []));
  const hurt = ran.filter(({ survivors }) => survivors.some((each) => !isUnhurt(each))).map(({ fault }) => fault);
  const where = hurt.length > 0 ? ` after: ${hurt.join(', ')}` : '';
  if (hurt.length === 0 && failures.length > 0) return ['FAILED:', ...failures].join('\n');
  return [`FAILED: not every survivor kept its process, its state and its heartbeat${where}.`, ...failures].join('\n');
}

function isUnhurt({ pidKept, stateKept, heartbeatsLost, messagesLost = 0 }: DrillSurvivor): boolean {
  return pidKept && stateKept && heartbeatsLost === 0 && messagesLost === 0;
}

/** @param align one letter for each column: l or r */
function table(head: string[], align: string, rows: (string | number)[][]): string {
  const lines = new Table({
    head,
    colAligns: [...align].map((letter) => (letter === 'r' ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  lines.push(...rows);
  return lines.toString();
}

import Table from 'cli-table3';

/** What the application writes of a drill. Times in milliseconds. */
export interface DrillResult {
  readonly ok: boolean;
  readonly runtime: { readonly electron: string; readonly chromium: string; readonly node: string };
  readonly processes: readonly DrillProcess[];
  readonly faults: readonly DrillFault[];
  /** The witnesses with no fault at all, for comparison. */
  readonly baseline?: readonly DrillSurvivor[];
  /** Which faults the survivors felt, in words. */
  readonly gapVerdict?: string;
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
  readonly victim: { readonly type: string; readonly pid: number | null };
  /** Null where there is nothing to notice, to see or to recover from. */
  readonly detectedMs: number | null;
  readonly shownMs: number | null;
  readonly recoveredMs: number | null;
  readonly survivors: readonly DrillSurvivor[];
  /** The survivors' longest gap against that with no fault. */
  readonly gapRatio?: number | null;
  /** Of a cell of the whole matrix. */
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

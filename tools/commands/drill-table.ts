import type { DrillResult, WitnessReading } from '@bulkhead/contracts';
import Table from 'cli-table3';

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
    result.gapVerdict,
    verdict(result),
  ].join('\n');
}

function processTable(processes: DrillResult['processes']): string {
  const byBirth = [...processes].sort((one, other) => one.pid - other.pid);
  const rows = byBirth.map(({ type, pid, parentPid, pssKiB, seccomp, pidNamespaces }) => [
    type,
    pid,
    parentPid ?? '?',
    pssKiB === null ? '?' : (pssKiB / 1024).toFixed(1),
    seccomp === null ? '?' : seccomp === 2 ? 'filter' : 'off',
    pidNamespaces === null ? '?' : pidNamespaces > 1 ? 'its own' : "the browser's",
  ]);
  return table(['process', 'PID', 'parent', 'PSS MiB', 'seccomp', 'PID namespace'], 'lrrrll', rows);
}

function faultTable({ faults, baseline }: DrillResult): string {
  const rows = faults.map(({ witnesses, gapRatio, ...of }) => [
    of.fault,
    of.state === 'unavailable' ? `not here: ${of.unavailable}` : `${of.victim} ${of.pid ?? ''}`.trim(),
    milliseconds(of.noticedMs),
    milliseconds(of.shownMs),
    milliseconds(of.recoveredMs),
    ...witnessCells(witnesses, gapRatio),
  ]);
  rows.unshift(['(none)', '', '', '', '', ...witnessCells(baseline, null)]);
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

function witnessCells(witnesses: readonly WitnessReading[], gapRatio: number | null): string[] {
  const kept = (holds: (witness: WitnessReading) => boolean) => `${witnesses.filter(holds).length}/${witnesses.length}`;
  if (witnesses.length === 0) return ['', '', '', '', '', ''];
  return [
    kept(({ pidKept }) => pidKept),
    kept(({ stateKept }) => stateKept),
    Math.max(0, ...witnesses.map(({ longestGapMs }) => longestGapMs ?? 0)).toFixed(1),
    gapRatio?.toFixed(2) ?? '',
    String(witnesses.reduce((sum, { heartbeatsLost }) => sum + heartbeatsLost, 0)),
    String(witnesses.reduce((sum, { messagesLost }) => sum + messagesLost, 0)),
  ];
}

function verdict({ ok, faults }: DrillResult): string {
  const ran = faults.filter(({ state }) => state !== 'unavailable');
  if (ok) return `${ran.length} faults: every survivor kept its process, its state and its heartbeat.`;
  return ['FAILED:', ...ran.flatMap(({ fault, failure }) => (failure ? [`  ${fault}: ${failure}`] : []))].join('\n');
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

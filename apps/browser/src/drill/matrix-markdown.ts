import type { MatrixRun, WitnessReading } from '@bulkhead/contracts';
import { gapRatio, gapVerdict, longestGap } from './gaps.ts';

const times = (ratio: number | null) => (ratio === null ? '–' : `${ratio.toFixed(2)} ×`);
const ms = (value: number | null) => (value === null ? '–' : value.toFixed(0));

/** Returns one run as a Markdown table. Times in ms. */
export function toMarkdown(run: MatrixRun): string {
  const { startedAt, runtime, baseline, cells } = run;
  const rows = cells.map((cell) =>
    row(
      cell.fault,
      cell.state === 'unavailable' ? `cannot be run here: ${cell.unavailable}` : cell.state,
      cell.failure ?? cell.outcome ?? '',
      ms(cell.noticedMs),
      ms(cell.shownMs),
      ms(cell.recoveredMs),
      ms(longestGap(cell.witnesses)),
      times(gapRatio(cell.witnesses, baseline)),
      sum(cell.witnesses, 'heartbeatsLost'),
      sum(cell.witnesses, 'messagesLost'),
      kept(cell.witnesses),
    ),
  );
  return [
    `# Isolation, ${new Date(startedAt).toISOString()}`,
    '',
    `Bulkhead ${runtime.bulkhead}, Electron ${runtime.electron}, Chromium ${runtime.chromium}. Times in milliseconds.`,
    `Without a fault, the witnesses' longest gap was ${ms(longestGap(baseline))}.`,
    '',
    row(
      'fault',
      'result',
      'what happened',
      'noticed',
      'shown',
      'recovered',
      'longest gap',
      'ratio to no fault',
      'beats lost',
      'messages lost',
      'kept',
    ),
    row('---', '---', '---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:'),
    ...rows,
    '',
    gapVerdict(run),
    '',
  ].join('\n');
}

// A cell's text may contain `|`, which separates cells.
const row = (...cells: (string | number)[]) =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;

const sum = (readings: readonly WitnessReading[], of: 'heartbeatsLost' | 'messagesLost') =>
  readings.reduce((total, reading) => total + reading[of], 0);

const kept = (readings: readonly WitnessReading[]) =>
  readings.length === 0
    ? '–'
    : `${readings.filter(({ pidKept, stateKept }) => pidKept && stateKept).length}/${readings.length}`;

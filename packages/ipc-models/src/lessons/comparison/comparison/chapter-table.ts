import type { LessonFigure } from '@bulkhead/contracts';
import { rateText, rounded, sizeText } from './figures.ts';
import { messageWays, sharedWays, type Way } from './plan.ts';
import type { Results } from './results.ts';

/** Measurements other than times. */
export interface Findings {
  /** Number of updates of one number by both processes together, and number of lost updates. */
  readonly counted: number;
  readonly lostShared: number;
  readonly countedByMessages: number;
  readonly lostByMessages: number;
  readonly changes: number;
  readonly changedShared: number;
  readonly changedReceived: number;
  /** Processor time of the wait, by way, ms. */
  readonly waitedMs: number;
  readonly waitCpuMs: Readonly<Record<string, number>>;
  readonly tcpAddress: string;
  readonly memoryAddress: string;
}

/** Returns the chapter's comparison: properties, measurements for each, and the answers of both models. */
export function chapterFigure(results: Results, found: Findings): LessonFigure {
  const [smallest, largest] = [results.of('pipe')[0]?.bytes ?? 0, results.of('pipe').at(-1)?.bytes ?? 0];
  const trip = (among: readonly Way[]) => {
    const { way, tripUs } = fastest(results, among, smallest);
    return `${sizeText(smallest)}: ${rounded(tripUs)} µs (${way})`;
  };
  const large = (among: readonly Way[]) => {
    const { way, rate } = fastest(results, among, largest);
    return `${sizeText(largest)}: ${rateText(rate)} (${way})`;
  };
  const best = (among: readonly Way[]) => {
    const [fastestOf] = among.flatMap((way) => results.of(way)).sort((a, b) => b.rate - a.rate);
    const { rate = Number.NaN, bytes = 0 } = fastestOf ?? {};
    const ceiling = results.of('memcpy').find((each) => each.bytes === bytes)?.rate ?? Number.NaN;
    return `${sizeText(bytes)}: ${rateText(rate)} (${Math.round((100 * rate) / ceiling)} % memcpy)`;
  };
  const cpu = (way: Way) => `${rounded(found.waitCpuMs[way] ?? 0)} / ${found.waitedMs} ms (${way})`;
  return {
    kind: 'table',
    columns: ['column.property', 'column.measured', 'column.messages', 'column.shared'],
    rows: [
      ['property.size', 'measured.small', trip(messageWays), trip(sharedWays)],
      ['property.size', 'measured.large', large(messageWays), large(sharedWays)],
      [
        'property.conflicts',
        'measured.lost',
        `${found.lostByMessages} / ${found.countedByMessages}`,
        `${found.lostShared} / ${found.counted}`,
      ],
      ['property.machines', 'measured.address', found.tcpAddress, found.memoryAddress],
      ['property.speed', 'measured.best', best(messageWays), best(sharedWays)],
      [
        'property.protection',
        'measured.changed',
        `${found.changedReceived} / ${found.changes}`,
        `${found.changedShared} / ${found.changes}`,
      ],
      ['property.protection', 'measured.waiting', cpu('pipe'), cpu('shared-spin')],
    ],
  };
}

function fastest(results: Results, among: readonly Way[], bytes: number) {
  const candidates = among.flatMap((way) => results.of(way).filter((each) => each.bytes === bytes));
  const [first] = candidates.sort((a, b) => a.tripUs - b.tripUs);
  return first ?? { way: '', tripUs: Number.NaN, rate: Number.NaN };
}

import { gapTarget, type MatrixRun, type WitnessReading } from '@bulkhead/contracts';

/** Returns the longest gap of any witness, ms; null if none was measured. */
export function longestGap(readings: readonly WitnessReading[]): number | null {
  const gaps = readings.flatMap(({ longestGapMs }) => longestGapMs ?? []);
  return gaps.length > 0 ? Math.max(...gaps) : null;
}

/** Returns the ratio of the witnesses' longest gap to the longest gap of `baseline`; null if one was not measured. */
export function gapRatio(readings: readonly WitnessReading[], baseline: readonly WitnessReading[]): number | null {
  const [gap, usual] = [longestGap(readings), longestGap(baseline)];
  return gap === null || usual === null || usual === 0 ? null : gap / usual;
}

/** Joins two observations of the same witnesses into one. */
export function joined(one: readonly WitnessReading[], other: readonly WitnessReading[]): WitnessReading[] {
  const longer = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
  return one.map((before) => {
    const after = other.find(({ tab }) => tab === before.tab);
    if (!after) return before;
    return {
      tab: before.tab,
      pidKept: before.pidKept && after.pidKept,
      stateKept: before.stateKept && after.stateKept,
      longestGapMs: longer(before.longestGapMs, after.longestGapMs),
      longestFrameGapMs: longer(before.longestFrameGapMs, after.longestFrameGapMs),
      heartbeatsLost: before.heartbeatsLost + after.heartbeatsLost,
      messagesLost: before.messagesLost + after.messagesLost,
    };
  });
}

/** Returns the sentence that says which faults of a run stayed within the target. */
export function gapVerdict({ cells, baseline }: Pick<MatrixRun, 'cells' | 'baseline'>): string {
  const measured = cells.flatMap(({ fault, witnesses }) => {
    const ratio = gapRatio(witnesses, baseline);
    return ratio === null ? [] : [{ fault, ratio }];
  });
  const above = measured.filter(({ ratio }) => ratio > gapTarget).sort((a, b) => b.ratio - a.ratio);
  const kept = `During ${measured.length - above.length} of ${measured.length} faults the witnesses' longest gap was at most ${gapTarget} times the longest gap without a fault`;
  if (above.length === 0) return `${kept}.`;
  return `${kept}; it was longer during ${above.map(({ fault, ratio }) => `${fault} (${ratio.toFixed(1)} times)`).join(', ')}.`;
}

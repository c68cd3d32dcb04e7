import type { Fault, FaultOffer, VictimKind } from '@bulkhead/contracts';

/** One way of breaking, and the fault that does it to each victim. */
export interface MatrixRow {
  /** What a fault's name has behind its victim's. */
  way: string;
  faults: ReadonlyMap<VictimKind, FaultOffer>;
}

/** A fault is named for its victim: `tab-kill` is the way `kill` of the victim `tab`. */
export const wayOf = (fault: Fault, victim: VictimKind): string => fault.slice(victim.length + 1);

/** The catalogue as a table: a row for each way of breaking, in the order in which the ways first come. */
export function matrixRows(offers: readonly FaultOffer[]): MatrixRow[] {
  const rows = new Map<string, Map<VictimKind, FaultOffer>>();
  for (const offer of offers) {
    const way = wayOf(offer.fault, offer.victim);
    const row = rows.get(way) ?? new Map<VictimKind, FaultOffer>();
    row.set(offer.victim, offer);
    rows.set(way, row);
  }
  return [...rows].map(([way, faults]) => ({ way, faults }));
}

/** The victims that the catalogue knows, in its order: the columns. */
export const victimsOf = (offers: readonly FaultOffer[]): VictimKind[] => [
  ...new Set(offers.map(({ victim }) => victim)),
];

import type { Fault, FaultOffer, VictimKind } from '@bulkhead/contracts';

/** One way of breaking, and the fault of each victim. */
export interface MatrixRow {
  /** The fault's name without its victim. */
  way: string;
  faults: ReadonlyMap<VictimKind, FaultOffer>;
}

/** Returns the way of a fault, whose name begins with its victim: `tab-kill` is the way `kill` for the victim `tab`. */
export const wayOf = (fault: Fault, victim: VictimKind): string => fault.slice(victim.length + 1);

/** Returns the catalogue as a table: one row per way of breaking, in order of first appearance. */
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

/** Returns the victims in the catalogue's order, which are the columns. */
export const victimsOf = (offers: readonly FaultOffer[]): VictimKind[] => [
  ...new Set(offers.map(({ victim }) => victim)),
];

/** A median of samples, and half the distance between their quartiles as a share of it. */
export interface Figure {
  readonly median: number;
  readonly spread: number;
}

/**
 * Two processes that find themselves on other cores, or beside other work, differ by this much from one run to the next
 * on the same machine. A port and memory are further apart than all of that together.
 */
const runToRun = 2;
/** Samples that differ more are of a machine that does something else. */
const mostSpread = 0.5;

const room = ({ spread }: Figure): number => 1 + Math.min(spread, mostSpread);

/** What the same thing measured twice may differ by, as a factor: from run to run, and by the spread of each. */
export const stated = (one: Figure, other: Figure): number => runToRun * room(one) * room(other);

/** By what factor two figures differ: 1 or more. */
export const apart = (one: Figure, other: Figure): number =>
  Math.max(one.median / other.median, other.median / one.median);

export const agree = (one: Figure, other: Figure): boolean => apart(one, other) <= stated(one, other);

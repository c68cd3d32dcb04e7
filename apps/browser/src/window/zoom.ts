/** Sizes of a page that the user steps through, as in Chrome. */
const steps = [0.25, 1 / 3, 0.5, 2 / 3, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];

/** The next size of a page that has this one. A size between two steps, by rounding or by a page, is no obstacle. */
export function zoomedFrom(factor: number, command: 'zoom-in' | 'zoom-out' | 'zoom-reset'): number {
  if (command === 'zoom-reset') return 1;
  const found =
    command === 'zoom-in'
      ? steps.find((step) => step > factor + tolerance)
      : steps.findLast((step) => step < factor - tolerance);
  return found ?? factor;
}

const tolerance = 0.01;

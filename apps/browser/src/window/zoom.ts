/** Zoom factors that the user steps through, as in Chrome. */
const steps = [0.25, 1 / 3, 0.5, 2 / 3, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];

/** Returns the next zoom factor. `factor` may lie between two steps, through rounding or because a page set it. */
export function zoomedFrom(factor: number, command: 'zoom-in' | 'zoom-out' | 'zoom-reset'): number {
  if (command === 'zoom-reset') return 1;
  const found =
    command === 'zoom-in'
      ? steps.find((step) => step > factor + tolerance)
      : steps.findLast((step) => step < factor - tolerance);
  return found ?? factor;
}

const tolerance = 0.01;

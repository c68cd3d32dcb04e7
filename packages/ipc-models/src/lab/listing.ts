/** A line of a program, as it is shown. */
export interface ListingLine {
  /** As in the file, from 1. */
  readonly number: number;
  readonly text: string;
  /** What marks it: the label of the step before it, or of a comment at its end. */
  readonly label: string | undefined;
}

const stepLine = /^\s*await (?:actor\.)?step\('([^']+)'\);\s*(?:\/\/.*)?$/;
const labelComment = /\s*(?:\/\/|\/\*) @([\w?-]+)(?: \*\/)?\s*$/;

const isBoundary = (line: string) => line.trim() === '// ---';
/** Stands where something was left out. */
const gap = '⋮';

/**
 * The listing of a program: of its own source what stands between a line `// ---` and the next (all of it where there
 * is none), without the calls that only mark lines. In C, and where a line has no step before it, a comment `@label`
 * marks it.
 */
export function listing(source: string): ListingLine[] {
  const lines = source.trimEnd().split('\n');
  const boundaries = lines.flatMap((line, index) => (isBoundary(line) ? [index] : []));
  if (boundaries.length === 0) return listed(lines, 0);
  const shown: ListingLine[] = [];
  for (let at = 0; at < boundaries.length; at += 2) {
    const start = (boundaries[at] ?? 0) + 1;
    if (at > 0) shown.push({ number: start, text: gap, label: undefined });
    shown.push(...listed(lines.slice(start, boundaries[at + 1]), start));
  }
  return shown;
}

/** @param start index of the first of these lines in the file */
function listed(lines: readonly string[], start: number): ListingLine[] {
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const shown: ListingLine[] = [];
  let next: string | undefined;
  for (const [index, line] of lines.entries()) {
    const step = stepLine.exec(line)?.[1];
    if (step !== undefined) {
      next = step;
      continue;
    }
    const comment = labelComment.exec(line)?.[1];
    const text = line.slice(indent).replace(labelComment, '');
    shown.push({ number: start + index + 1, text, label: comment ?? next });
    if (line.trim() !== '') next = undefined;
  }
  return shown;
}

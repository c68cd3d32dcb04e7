/** A line of a program, as it is shown. */
export interface ListingLine {
  /** As in the file, from 1. */
  readonly number: number;
  readonly text: string;
  /** What marks it: the label of the step before it, or of a comment at its end. */
  readonly label: string | undefined;
}

const stepLine = /^\s*await (?:actor\.)?step\('([^']+)'\);\s*$/;
const labelComment = /\s*(?:\/\/|\/\*) @([\w?-]+)(?: \*\/)?\s*$/;

const isBoundary = (line: string) => line.trim() === '// ---';

/**
 * The listing of a program: its own source between two lines `// ---` (or all of it), without the calls that only mark
 * lines. In C, and where a line has no step before it, a comment `@label` marks it.
 */
export function listing(source: string): ListingLine[] {
  const lines = source.trimEnd().split('\n');
  const start = lines.findIndex(isBoundary) + 1;
  const end = start === 0 ? lines.length : lines.findIndex((line, index) => index >= start && isBoundary(line));
  const inner = lines.slice(start, end < 0 ? lines.length : end);
  const indent = Math.min(...inner.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const shown: ListingLine[] = [];
  let next: string | undefined;
  for (const [index, line] of inner.entries()) {
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

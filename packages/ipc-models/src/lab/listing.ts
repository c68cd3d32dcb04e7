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
 * The listing of a program: its own source between lines `// ---`, of which there may be several pairs (or all of it,
 * where there is none), without the calls that only mark lines. In C, and where a line has no step before it, a comment
 * `@label` marks it.
 */
export function listing(source: string): ListingLine[] {
  const all = source
    .trimEnd()
    .split('\n')
    .map((text, index) => ({ text, number: index + 1 }));
  let isShown = !all.some(({ text }) => isBoundary(text));
  const inner = all.filter(({ text }) => {
    if (isBoundary(text)) isShown = !isShown;
    return isShown && !isBoundary(text);
  });
  const indent = Math.min(...inner.filter(({ text }) => text.trim() !== '').map(({ text }) => text.search(/\S/)));
  const shown: ListingLine[] = [];
  let next: string | undefined;
  for (const { text: line, number } of inner) {
    const step = stepLine.exec(line)?.[1];
    if (step !== undefined) {
      next = step;
      continue;
    }
    const comment = labelComment.exec(line)?.[1];
    const text = line.slice(indent).replace(labelComment, '');
    shown.push({ number, text, label: comment ?? next });
    if (line.trim() !== '') next = undefined;
  }
  return shown;
}

/** A line of a program's listing. */
export interface ListingLine {
  /** Line number in the file, from 1. */
  readonly number: number;
  readonly text: string;
  /** Label of the step before it, or of a comment at its end. */
  readonly label: string | undefined;
}

const stepLine = /^\s*await (?:actor\.)?step\('([^']+)'\);\s*(?:\/\/.*)?$/;
const labelComment = /\s*(?:\/\/|\/\*) @([\w?-]+)(?: \*\/)?\s*$/;

/** `// ---`, or `// --- over=rpc` at the start of a part for one choice. */
const boundary = /^\s*\/\/ ---(?: (\w+)=([\w-]+))?\s*$/;
/** Shown in place of omitted lines. */
const gap = '⋮';

/**
 * Returns the listing of a program: the lines between a line `// ---` and the next one (all lines if there is none),
 * without the calls that only mark lines. In C, and for a line without a step before it, a comment `@label` marks the
 * line. A part that starts with `// --- name=value` runs only with that parameter value, and is omitted for another
 * value.
 */
export function listing(source: string, parameters: Readonly<Record<string, unknown>> = {}): ListingLine[] {
  const lines = source.trimEnd().split('\n');
  const boundaries = lines.flatMap((line, index) => {
    const [found, name = '', value] = boundary.exec(line) ?? [];
    return found === undefined ? [] : [{ index, runs: (parameters[name] ?? value) === value }];
  });
  if (boundaries.length === 0) return listed(lines, 0);
  const shown: ListingLine[] = [];
  for (let at = 0; at < boundaries.length; at += 2) {
    const [from, to] = [boundaries[at], boundaries[at + 1]];
    if (!from?.runs) continue;
    const start = from.index + 1;
    if (shown.length > 0) shown.push({ number: start, text: gap, label: undefined });
    shown.push(...listed(lines.slice(start, to?.index), start));
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

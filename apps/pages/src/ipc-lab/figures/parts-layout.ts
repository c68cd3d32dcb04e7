import type { LessonFigure } from '@bulkhead/contracts';

type Parts = Extract<LessonFigure, { kind: 'parts' }>;

export interface Placed {
  part: Parts['parts'][number];
  x: number;
  y: number;
  width: number;
  height: number;
}

export const partWidth = 190;
const gap = 56;
const rowGap = 64;
const lineHeight = 17;

/** Returns the process at one end of every link between processes, if it has at least two neighbours. */
function hubOf({ parts, links }: Pick<Parts, 'parts' | 'links'>): string | undefined {
  const isProcess = (id: string) => parts.some((part) => part.id === id && part.shape === 'process');
  const between = links.filter(({ from, to }) => isProcess(from) && isProcess(to));
  const spokes = (id: string) => new Set(between.flatMap(({ from, to }) => (from === id ? to : to === id ? from : [])));
  return parts.find(({ id }) => spokes(id).size > 1 && between.every(({ from, to }) => from === id || to === id))?.id;
}

/**
 * Places processes in one row and the objects that connect them in a row below, each row centred. A hub that all other
 * processes are linked to stands above them.
 */
export function placeParts(figure: Pick<Parts, 'parts' | 'links'>): {
  placed: Placed[];
  width: number;
  height: number;
} {
  const { parts } = figure;
  const hub = hubOf(figure);
  const processes = parts.filter(({ shape }) => shape === 'process');
  const rows = [
    processes.filter(({ id }) => id === hub),
    processes.filter(({ id }) => id !== hub),
    parts.filter(({ shape }) => shape !== 'process'),
  ];
  const widthOf = (count: number) => count * partWidth + Math.max(0, count - 1) * gap;
  const width = Math.max(...rows.map((row) => widthOf(row.length)), partWidth) + 2;
  const placed: Placed[] = [];
  let y = 1;
  for (const row of rows) {
    if (row.length === 0) continue;
    const height = Math.max(...row.map(({ lines, pid }) => 34 + lineHeight * (lines.length + (pid === null ? 0 : 1))));
    const left = (width - widthOf(row.length)) / 2;
    for (const [index, part] of row.entries()) {
      placed.push({ part, x: left + index * (partWidth + gap), y, width: partWidth, height });
    }
    y += height + rowGap;
  }
  return { placed, width, height: Math.max(1, y - rowGap + 1) };
}

/** Returns a straight line from the edge of one box to the edge of the other. */
export function lineBetween(one: Placed, other: Placed): { x1: number; y1: number; x2: number; y2: number } {
  const middle = ({ x, y, width, height }: Placed) => ({ x: x + width / 2, y: y + height / 2 });
  const [a, b] = [middle(one), middle(other)];
  if (one.y === other.y) {
    const right = b.x > a.x;
    return {
      x1: a.x + (right ? 1 : -1) * (one.width / 2),
      y1: a.y,
      x2: b.x + (right ? -1 : 1) * (other.width / 2),
      y2: b.y,
    };
  }
  const down = b.y > a.y;
  const shift = (b.x - a.x) * 0.15;
  return {
    x1: a.x + shift,
    y1: a.y + (down ? 1 : -1) * (one.height / 2),
    x2: b.x - shift,
    y2: b.y + (down ? -1 : 1) * (other.height / 2),
  };
}

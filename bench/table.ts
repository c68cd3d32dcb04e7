import type { Row } from './bench.ts';

const columns: { title: string; right?: boolean; cell(row: Row): string }[] = [
  { title: 'id', cell: (row) => row.id },
  { title: 'ours', right: true, cell: (row) => `${number(row.ours)} ${row.unit}` },
  { title: 'floor', right: true, cell: (row) => `${number(row.floor)} ${row.unit}` },
  { title: 'ratio', right: true, cell: (row) => number(row.ratio) },
  { title: 'target', right: true, cell: (row) => row.target ?? '' },
  { title: 'met', cell: (row) => (row.met === null ? '' : row.met ? 'yes' : 'NO') },
  { title: 'spread', right: true, cell: (row) => `±${percent(row.spread)} / ±${percent(row.floorSpread)}` },
  { title: 'n', right: true, cell: (row) => `${row.samples}/${row.floorSamples}` },
  { title: 'what, against which floor', cell: (row) => `${row.what}, against ${row.floorName}` },
];

/** Formats the rows as lines of text with aligned columns. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => column.cell(row))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) =>
          columns[index]?.right ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const number = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

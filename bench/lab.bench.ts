import { runLessons } from '../packages/ipc-models/src/testing/run-lessons.ts';
import type { Bench, Samples } from './bench.ts';
import { inElectron } from './data-plane.ts';

// The lab's comparison and the bench of the data plane measure two of the same figures, in other processes and by other
// code. A ratio near 1 shows that the lesson's figures can be trusted. Runs differ by up to a factor of two.

const blockBytes = 8 << 20;
const frame = { width: 2048, height: 1024 };

async function beside(way: 'memcpy' | 'port', floor: () => Promise<Samples>): Promise<Samples> {
  const [run] = await runLessons('comparison?span=large&seconds=2');
  const results = run?.figures.results;
  if (results?.kind !== 'table') throw new Error('The lesson "comparison" has no table of results.');
  const rate = results.columns.indexOf('column.rate');
  const ours = results.rows.filter(([name, bytes]) => name === `way.${way}` && bytes === blockBytes);
  return { ours: ours.map((row) => Number(row[rate]) / 1e9), floor: (await floor()).floor };
}

export const benches: Bench[] = [
  {
    id: 'lab/memcpy-vs-bench',
    what: 'median rate of the lesson "comparison": 8 MiB copied within a process',
    unit: 'GB/s',
    floorName: 'the same block, as the rows frames/… measure it',
    measure: () => beside('memcpy', () => inElectron({ name: 'frames-vs-memcpy', ...frame })),
  },
  {
    id: 'lab/port-vs-bench',
    what: 'median rate of the lesson "comparison": 8 MiB through a message port, with its acknowledgement',
    unit: 'GB/s',
    floorName: 'the same block, as the rows frames/… measure it',
    measure: () => beside('port', () => inElectron({ name: 'frames-over-port', ...frame })),
  },
];

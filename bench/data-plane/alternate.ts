import type { Measured } from './experiment.ts';

const [rounds, warmUp] = [15, 2];
/** Number of slices into which each sample's calls are divided. Ours and the floor's slices alternate. */
const slices = 5;
/** Longest duration of a slice, however busy the machine is, s. */
const longestSlice = 0.4;
const now = (): number => Number(process.hrtime.bigint()) / 1e9;

/** Work that is done `calls` times for one sample. */
export type Call = (index: number) => void | Promise<void>;

/**
 * Takes samples of both in alternating slices, so that disturbances of the machine affect both. The first rounds do not
 * count. A sample is the duration of one undisturbed call, converted by `figure`. It is the lower quartile, in seconds,
 * because both processes need a processor at the same time, and other processes may take one in between.
 */
export async function alternate(
  calls: number,
  { floor, ours }: { floor: Call; ours: Call },
  figure: (seconds: number) => number,
): Promise<Measured> {
  const samples: Measured = { ours: [], floor: [] };
  for (let round = -warmUp; round < rounds; round += 1) {
    const times = { ours: [] as number[], floor: [] as number[] };
    for (let slice = 0; slice < slices; slice += 1) {
      times.floor.push(...(await timesOf(calls / slices, floor)));
      times.ours.push(...(await timesOf(calls / slices, ours)));
    }
    if (round < 0) continue;
    samples.floor.push(figure(lowerQuartile(times.floor)));
    samples.ours.push(figure(lowerQuartile(times.ours)));
  }
  return samples;
}

/** Makes the calls one after the other. Returns the duration of each, s. */
async function timesOf(count: number, call: Call): Promise<number[]> {
  const taken: number[] = [];
  const end = now() + longestSlice;
  for (let index = 0; index < count && now() < end; index += 1) {
    const start = now();
    const pending = call(index);
    if (pending) await pending;
    taken.push(now() - start);
  }
  return taken;
}

const lowerQuartile = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 2] ?? Number.NaN;

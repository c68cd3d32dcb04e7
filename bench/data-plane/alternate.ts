import type { Measured } from './experiment.ts';

const [rounds, warmUp] = [15, 2];
/** Each sample's calls are made in so many slices, ours and the floor's in turn. */
const slices = 5;
/** No slice takes longer, however busy the machine is. Seconds. */
const longestSlice = 0.4;
const now = (): number => Number(process.hrtime.bigint()) / 1e9;

/** What is done `calls` times for one sample. */
export type Call = (index: number) => void | Promise<void>;

/**
 * Samples of both, slice after slice in turn, so that what disturbs the machine disturbs both; the first rounds do not
 * count. A sample is what one call takes undisturbed, as `figure` puts it: the lower quartile of seconds, since what is
 * measured here needs both processes to have a processor at once, and others may have it in between.
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

/** Seconds of each call, one after the other. */
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

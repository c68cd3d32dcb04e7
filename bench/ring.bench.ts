import { Worker } from 'node:worker_threads';
import { ElementReader, ringBytes } from '@bulkhead/shared-memory';
import { RingBuffer } from 'ringbuf.js';
import { type Bench, quantile, type Samples } from './bench.ts';
import { inElectron } from './data-plane.ts';
import type { RingTask } from './ring-task.ts';

const capacity = 4096;
/** Numbers of elements pushed and popped at a time: one by one, and in common sizes of audio blocks. */
const chunks = [1, 16, 128, 1024];
const [rounds, warmUp] = [9, 2];
/**
 * Number of slices in which each run's elements are timed. The result is the lower quartile of their times, because a
 * ring stands still while one of the two threads has no processor.
 */
const slices = 64;

export const benches: Bench[] = [
  {
    id: 'ring/threads-vs-ringbufjs',
    what: `float32 elements between two threads, geometric mean over pushes of ${chunks.join(', ')}`,
    unit: 'messages/s',
    floorName: 'ringbuf.js doing the same',
    target: { atLeast: 1 },
    measure: betweenThreads,
  },
  {
    id: 'ring/processes',
    what: 'records of 32 bytes from a plugin to the browser process, written and read in place',
    unit: 'messages/s',
    floorName: 'single words through the ring of elements between the same processes',
    measure: () => inElectron({ name: 'ring-between-processes' }),
  },
];

async function betweenThreads(): Promise<Samples> {
  const go = new SharedArrayBuffer(4);
  const worker = new Worker(new URL('./ring-thread.ts', import.meta.url), { workerData: { go } });
  try {
    const samples: Samples = { ours: [], floor: [] };
    for (let round = 0; round < rounds + warmUp; round++) {
      const rates = { ours: [] as number[], floor: [] as number[] };
      for (const chunk of chunks) {
        rates.floor.push(await rate(worker, go, 'ringbuf.js', chunk));
        rates.ours.push(await rate(worker, go, 'ours', chunk));
      }
      if (round < warmUp) continue;
      samples.ours.push(geometricMean(rates.ours));
      samples.floor.push(geometricMean(rates.floor));
    }
    return samples;
  } finally {
    await worker.terminate();
  }
}

/** Measures undisturbed elements per second from the worker to this thread. */
async function rate(
  worker: Worker,
  go: SharedArrayBuffer,
  library: RingTask['library'],
  chunk: number,
): Promise<number> {
  const elements = chunk < 16 ? 2 ** 20 : 2 ** 23;
  const ours = library === 'ours';
  const bytes = ours ? ringBytes('float32', capacity) : undefined;
  // ringbuf.js leaves one slot of its storage unused, so it gets one more.
  const storage = bytes ? new SharedArrayBuffer(bytes) : RingBuffer.getStorageForCapacity(capacity, Float32Array);
  const flag = new Int32Array(go);
  Atomics.store(flag, 0, 0);
  worker.postMessage({ library, storage, capacity, chunk, elements } satisfies RingTask);
  const ring = ours ? ElementReader.onBuffer(storage, 'float32', capacity) : new RingBuffer(storage, Float32Array);
  while (Atomics.load(flag, 0) !== 1) await new Promise((resolve) => setImmediate(resolve));
  const target = new Float32Array(chunk);
  Atomics.store(flag, 0, 2);
  const slice = elements / slices;
  const times: number[] = [];
  for (let popped = 0; popped < elements; ) {
    const [start, end] = [performance.now(), popped + slice];
    while (popped < end) popped += ring.pop(target);
    times.push(performance.now() - start);
  }
  return (slice * 1000) / quantile(times, 0.25);
}

const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

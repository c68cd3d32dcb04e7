/** The producing thread of the ring comparison: pushes elements as fast as it can. */
import { parentPort, workerData } from 'node:worker_threads';
import { ElementWriter } from '@bulkhead/shared-memory';
import { RingBuffer } from 'ringbuf.js';
import type { RingTask } from './ring-task.ts';

const go = new Int32Array((workerData as { go: SharedArrayBuffer }).go);

parentPort?.on('message', ({ library, storage, capacity, chunk, elements }: RingTask) => {
  const values = Float32Array.from({ length: chunk }, (_, index) => index);
  const ring =
    library === 'ours' ? ElementWriter.onBuffer(storage, 'float32', capacity) : new RingBuffer(storage, Float32Array);
  Atomics.store(go, 0, 1);
  while (Atomics.load(go, 0) !== 2);
  for (let pushed = 0; pushed < elements; ) pushed += ring.push(values);
});

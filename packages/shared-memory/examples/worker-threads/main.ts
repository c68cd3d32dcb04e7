// npm install @bulkhead/shared-memory && node main.ts
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Arena, ElementReader, FrameWriter } from '@bulkhead/shared-memory';

const [width, height, frames] = [64, 48, 3];

// This thread owns the memory. The worker may only read the pixels, and writes its results into the ring.
// This works for another process too: send the descriptors to it.
const bytes = width * height * 4;
const arena = await Arena.create({ label: 'the worker', readWriteBytes: 65_536, readOnlyBytes: 4 * bytes });
const writer = FrameWriter.create(arena, { label: 'grey frames', maximumFrameBytes: bytes });
const means = ElementReader.create(arena, 'float32', { label: 'means', capacity: 16 });

const worker = new Worker(new URL('./worker.ts', import.meta.url), {
  workerData: { arena: arena.descriptor(), frames: writer.readerDescriptor(), means: means.peerDescriptor() },
});
await once(worker, 'message'); // the worker has attached

for (let frame = 1; frame <= frames; frame += 1) {
  const { pixels } = writer.borrow();
  pixels.fill(frame * 50); // drawn in place
  const result = writer.publish({ width, height, format: 'bgra8' });
  if (result.state === 'corrupt') throw new Error(result.fault.detail);
  worker.postMessage('a frame is there'); // only a doorbell: the frame is in shared memory
  await once(worker, 'message');
  const mean = new Float32Array(1);
  means.pop(mean);
  console.log(`frame ${result.sequence}: the worker found a mean of ${mean[0]}`);
}

worker.postMessage('end');
await once(worker, 'exit');
await arena.destroy();

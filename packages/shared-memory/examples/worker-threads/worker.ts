import { parentPort, workerData } from 'node:worker_threads';
import { Arena, ElementWriter, FrameReader } from '@bulkhead/shared-memory';

const arena = Arena.attach(workerData.arena);
const reader = FrameReader.attach(arena, workerData.frames);
const means = ElementWriter.attach(arena, workerData.means);

parentPort?.on('message', async (message) => {
  if (message === 'end') {
    await arena.destroy();
    parentPort?.close();
    return;
  }
  const latest = reader.latest();
  if (latest.state !== 'new') return;
  const { pixels } = latest.frame; // in place: nothing is copied
  let sum = 0;
  for (const value of pixels) sum += value;
  means.push(new Float32Array([sum / pixels.length]));
  parentPort?.postMessage('done');
});
parentPort?.postMessage('attached');

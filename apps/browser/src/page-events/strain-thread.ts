import { parentPort, workerData } from 'node:worker_threads';
import { sleepOnProcessorTime } from '@bulkhead/shared-memory/processor-time';
import type { HelperData } from '../processes/helper-thread.ts';
import { ThreadEnd } from '../processes/thread-end.ts';
import { StrainCells } from './strain-cells.ts';
import { linuxSystem, StrainGuard } from './strain-guard.ts';

// The strain guard's thread. It sleeps while the browser process is idle, because messages of a page make that process
// work.

/** Processor time of the browser process between two looks, ms, without and with suspects. */
const lookEachMs = 20;
const lookCloselyEachMs = 4;

const { data, end: endBuffer } = workerData as HelperData<SharedArrayBuffer>;
const cells = new StrainCells(data);
const end = new ThreadEnd(endBuffer);
const guard = new StrainGuard(cells, (askedAt) => parentPort?.postMessage(askedAt), linuxSystem());
while (!end.isAsked) {
  sleepOnProcessorTime(guard.hasSuspects ? lookCloselyEachMs : lookEachMs);
  guard.look();
}
end.tell();

import { parentPort, workerData } from 'node:worker_threads';
import { sleepOnProcessorTime } from '@bulkhead/shared-memory/processor-time';
import type { HelperData } from '../../processes/helper-thread.ts';
import { ThreadEnd } from '../../processes/thread-end.ts';
import { StrainCells } from './strain-cells.ts';
import { linuxSystem, StrainGuard } from './strain-guard.ts';

// The thread of the strain guard. It sleeps while the browser process rests: what a page sends makes that work.

/** Processor time of the browser process between two looks, ms; and while there is a page to be looked at closely. */
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

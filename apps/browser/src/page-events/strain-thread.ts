import { parentPort, workerData } from 'node:worker_threads';
import { sleepOnProcessorTime } from '@bulkhead/shared-memory';
import { StrainCells } from './strain-cells.ts';
import { linuxSystem, StrainGuard } from './strain-guard.ts';

// The thread of the strain guard. It sleeps while the browser process rests: what a page sends makes that work.

/** Processor time of the browser process between two looks, ms. */
const lookEachMs = 20;

const cells = new StrainCells(workerData as SharedArrayBuffer);
const guard = new StrainGuard(cells, (askedAt) => parentPort?.postMessage(askedAt), linuxSystem());
while (!cells.isEnding) {
  sleepOnProcessorTime(lookEachMs);
  guard.look();
}
cells.tellEnd();

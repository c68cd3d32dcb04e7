import { call, contract, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { crashReportList } from './crash-report.ts';
import { breakResult, fault, faultOffer } from './faults.ts';
import { frameBuffersReport, framePicture } from './frame-buffers.ts';
import { fuses } from './fuses.ts';
import { historyPage, historyQuery } from './history.ts';
import { exportFormat, matrixRun, matrixRunSummary } from './isolation-matrix.ts';
import { labCalls, labStreams } from './lab.ts';
import { pageLimits } from './page-limits.ts';
import { popupSite, popupSites } from './popup-sites.ts';
import { envelopeBatch, portList } from './port-list.ts';
import { bounded, count, pid } from './primitives.ts';
import { endProcessResult, endSignal, processList } from './process-list.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { settings, settingsState } from './settings.ts';
import { tabId } from './tab-health.ts';

const id = bounded(64);

/**
 * What one of Bulkhead's own pages asks of the browser. Served by apps/browser, called by apps/pages: ours,
 * sandboxed. Given to a document whose committed address is `bulkhead://…` and to no other; it closes with the
 * document.
 */
export const pageHost = contract('page-host', {
  version: 1,
  server: 'browser',
  caller: 'internal page',
  trust: 'full',
  lifetime: 'one per document of an internal page',
  calls: {
    runtime: call({ output: runtimeVersions }),
    /** Read from the runtime's executable, now; null where it has none that can be read. */
    fuses: call({ output: v.nullable(fuses) }),
    /** Sends a signal to one process of this program; to no other process, whatever its PID. */
    endProcess: call({ input: [pid, endSignal], output: endProcessResult }),
    /** Brings the tab to the front. False when there is no such tab any more. */
    activateTab: call({ input: [v.pipe(v.number(), v.integer())], output: v.boolean() }),
    /** Starts a plugin again that has ended, whatever its crash budget says. */
    restartPlugin: call({ input: [bounded(64)] }),
    /** Opens an address in a new tab behind the page's own. */
    openTab: call({ input: [bounded(pageLimits.addressLength)] }),

    /** Every fault that this program knows, in the order to show them, and whether it can be caused here. */
    faults: call({ output: v.array(faultOffer) }),
    /** Causes a fault, now: a tab's in the tab that is named, every other in the one process of its kind. */
    breakVictim: call({ input: [fault, v.nullable(tabId)], output: breakResult }),

    /**
     * Runs these cells of the matrix one after the other, on tabs opened for it; null for all of them. False when a
     * run is under way already. `matrix` shows it live; the run is saved when it ends.
     */
    startMatrix: call({ input: [v.nullable(v.array(fault))], output: v.boolean() }),
    /** Ends the run after the cell that is under way. */
    stopMatrix: call(),
    /** Runs that were saved, newest first. */
    matrixRuns: call({ output: v.array(matrixRunSummary) }),
    /** Null when there is no such run (any more). */
    matrixRun: call({ input: [id], output: v.nullable(matrixRun) }),
    /** The current run, or a saved one, as a text to download; null when there is no such run. */
    exportMatrixRun: call({ input: [id, exportFormat], output: v.nullable(v.string()) }),
    /** False when the disk keeps it. */
    deleteMatrixRun: call({ input: [id], output: v.boolean() }),

    /** All of them as a text to download (JSON). */
    exportCrashReports: call({ output: v.string() }),
    /** One, or all with null. False when the disk keeps one of them. */
    deleteCrashReports: call({ input: [v.nullable(id)], output: v.boolean() }),

    ...labCalls,
    /** Pages that were visited, newest first, a portion at a time. */
    history: call({ input: [historyQuery], output: historyPage }),
    /** One visit, or all with null: gone from the disk, too, when it resolves. */
    deleteVisits: call({ input: [v.nullable(count)] }),

    /** All of them, in force at once. `settings` says what came of it. */
    changeSettings: call({ input: [settings] }),
    /** Lets this site open no pop-ups by itself any more. Resolves when that is on the disk. */
    forgetPopupSite: call({ input: [popupSite] }),
  },
  streams: {
    /** Every live buffer of the data plane and its control words, a few times a second. */
    frameBuffers: stream({ item: frameBuffersReport, highWaterMark: 1, maxBytes: 4 * 1024 * 1024 }),
    /**
     * Small pictures of the newest frame, a few a second. Plugins draw them only while somebody reads this. Null when the
     * plugin's process has ended: there is none until its successor has drawn one.
     */
    framePictures: stream({ item: v.nullable(framePicture), highWaterMark: 1 }),
    /** The run of the matrix that is under way, or the last one; null when there was none since the start. */
    matrix: stream({ item: v.nullable(matrixRun), highWaterMark: 1 }),
    /** Every open port that is seen, once a second. */
    ports: stream({ item: portList, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** Envelopes of what goes through the browser's ports, but for this stream's own; batches some ten times a second. */
    envelopes: stream({ item: envelopeBatch, highWaterMark: 2 }),
    /** How processes ended, now and whenever that changes. */
    crashReports: stream({ item: crashReportList, highWaterMark: 1, maxBytes: 1024 * 1024 }),
    /** What a person has chosen, now and at each change. */
    settings: stream({ item: settingsState, highWaterMark: 1 }),
    /** The sites that may open pop-ups, now and at each change. */
    popupSites: stream({ item: popupSites, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** Every process of the program, once a second. */
    processes: stream({ item: processList, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    ...labStreams,
  },
});

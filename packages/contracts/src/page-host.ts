import { call, contract, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { crashReportList } from './crash-report.ts';
import { breakResult, fault, faultOffer } from './faults.ts';
import { frameBuffersReport, framePicture } from './frame-buffers.ts';
import { fuses } from './fuses.ts';
import { historyPage, historyQuery } from './history.ts';
import { exportFormat, matrixRun, matrixRunSummary } from './isolation-matrix.ts';
import { labCalls, labStreams } from './lab.ts';
import { logEnd } from './log.ts';
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
 * Requests of an internal page to the browser. Served by apps/browser, called by apps/pages: ours, sandboxed. Given
 * only to a document whose committed address is `bulkhead://…`; it closes with the document.
 */
export const pageHost = contract('page-host', {
  version: 1,
  server: 'browser',
  caller: 'internal page',
  trust: 'full',
  lifetime: 'one per document of an internal page',
  calls: {
    runtime: call({ output: runtimeVersions }),
    /** Reads the fuses from Electron's executable; null if it has none that can be read. */
    fuses: call({ output: v.nullable(fuses) }),
    /** Sends a signal to one process of this app, and never to another process, whatever its PID. */
    endProcess: call({ input: [pid, endSignal], output: endProcessResult }),
    /** Activates the tab. False if there is no such tab any more. */
    activateTab: call({ input: [v.pipe(v.number(), v.integer())], output: v.boolean() }),
    /** Starts a plugin that has ended, even if its restart budget is spent. */
    restartPlugin: call({ input: [bounded(64)] }),
    /** Opens an address in a new tab after the page's own tab. */
    openTab: call({ input: [bounded(pageLimits.addressLength)] }),

    /** Returns every fault, in display order, and whether it can be caused here. */
    faults: call({ output: v.array(faultOffer) }),
    /** Causes a fault, now: a tab fault in the given tab, any other fault in the one process of its kind. */
    breakVictim: call({ input: [fault, v.nullable(tabId)], output: breakResult }),

    /**
     * Runs these cells of the matrix one after the other, on tabs opened for it; null for all cells. False if a run is
     * in progress. `matrix` shows the run live; the run is saved when it ends.
     */
    startMatrix: call({ input: [v.nullable(v.array(fault))], output: v.boolean() }),
    /** Ends the run after the current cell. */
    stopMatrix: call(),
    /** Returns the saved runs, newest first. */
    matrixRuns: call({ output: v.array(matrixRunSummary) }),
    /** Returns a saved run; null if there is none with this ID. */
    matrixRun: call({ input: [id], output: v.nullable(matrixRun) }),
    /** Returns the current run or a saved one as a text to download; null if there is no such run. */
    exportMatrixRun: call({ input: [id, exportFormat], output: v.nullable(v.string()) }),
    /** Deletes a saved run. False if its file could not be deleted. */
    deleteMatrixRun: call({ input: [id], output: v.boolean() }),

    /** Returns all crash reports as a text to download (JSON). */
    exportCrashReports: call({ output: v.string() }),
    /** Deletes one crash report, or all with null. False if a file could not be deleted. */
    deleteCrashReports: call({ input: [v.nullable(id)], output: v.boolean() }),
    /** Shows the file of the log in the system's file manager. */
    showLogFile: call(),

    ...labCalls,
    /** Returns visits, newest first, one portion at a time. */
    history: call({ input: [historyQuery], output: historyPage }),
    /** Deletes one visit, or all with null. Resolves when it is gone from the disk, too. */
    deleteVisits: call({ input: [v.nullable(count)] }),

    /** Replaces all settings, in force at once. The stream `settings` has the result. */
    changeSettings: call({ input: [settings] }),
    /** Withdraws a site's permission to open pop-ups by itself. Resolves when that is on the disk. */
    forgetPopupSite: call({ input: [popupSite] }),
  },
  streams: {
    /** Live buffers of the data plane and their control words, a few times a second. */
    frameBuffers: stream({ item: frameBuffersReport, highWaterMark: 1, maxBytes: 4 * 1024 * 1024 }),
    /**
     * Small pictures of the newest frame, a few a second. Plugins draw them only while this stream is read. Null after
     * the plugin's process has ended, until its successor has drawn one.
     */
    framePictures: stream({ item: v.nullable(framePicture), highWaterMark: 1 }),
    /** The current run of the matrix, or the last one; null if there was none since the app started. */
    matrix: stream({ item: v.nullable(matrixRun), highWaterMark: 1 }),
    /** Open ports that the browser knows, once a second. */
    ports: stream({ item: portList, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** Envelopes of the messages on the browser's ports, except this stream's own; in batches, some ten a second. */
    envelopes: stream({ item: envelopeBatch, highWaterMark: 2 }),
    /** Crash reports, now and at each change. */
    crashReports: stream({ item: crashReportList, highWaterMark: 1, maxBytes: 1024 * 1024 }),
    /** The last lines of the log, now and at each new one. The file is read only while a page asks for them. */
    log: stream({ item: logEnd, highWaterMark: 1, maxBytes: 1024 * 1024 }),
    /** Settings, now and at each change. */
    settings: stream({ item: settingsState, highWaterMark: 1 }),
    /** Sites that may open pop-ups, now and at each change. */
    popupSites: stream({ item: popupSites, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** All processes of the app, once a second. */
    processes: stream({ item: processList, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    ...labStreams,
  },
});

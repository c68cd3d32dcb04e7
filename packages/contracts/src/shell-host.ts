import { call, contract, push, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { downloadList } from './downloads.ts';
import { breakResult, faultOffer, tabFault } from './faults.ts';
import { tabFrameStatistics } from './frame-statistics.ts';
import { mostSuggestions, suggestion } from './history.ts';
import { longestTyped, navigationResult } from './navigation-result.ts';
import { bounded, count, pid, rectangle } from './primitives.ts';
import { dialogAnswer, tabId } from './tab-health.ts';
import { windowChange } from './window-state.ts';

/** Text that the user typed, or address of a link. The browser decides what it means. */
const typed = bounded(longestTyped);

/** Things that the shell draws when a process ends or hangs. */
const paintedThing = v.picklist(['sad-tab', 'hang', 'notice']);
export type PaintedThing = v.InferOutput<typeof paintedThing>;

/**
 * Requests of the shell to the browser. Served by apps/browser, called by apps/shell: ours, sandboxed. One port per
 * shell document; it closes with the document. A call for a tab that has just closed is no error: the next state shows
 * that it is gone.
 */
export const shellHost = contract('shell-host', {
  version: 1,
  server: 'browser',
  caller: 'shell',
  trust: 'full',
  lifetime: 'one per document of the shell',
  calls: {
    /** Opens a tab at the end and activates it; null opens the new-tab page and requests the address bar. */
    newTab: call({ input: [v.nullable(typed)], output: tabId }),
    closeTab: call({ input: [tabId] }),
    activateTab: call({ input: [tabId] }),
    /**
     * Resolves when the navigation has begun, not when the page has loaded. An address that names a fault causes it in
     * this tab. A text that is neither an address nor a search is refused.
     */
    navigate: call({ input: [tabId, typed], output: navigationResult }),
    /** Returns visited pages that match the typed text, the likeliest first. */
    suggest: call({ input: [bounded(256)], output: v.pipe(v.array(suggestion), v.maxLength(mostSuggestions)) }),
    goBack: call({ input: [tabId] }),
    goForward: call({ input: [tabId] }),
    /** Loads the page again. A tab whose process has ended or was never started gets a new process. */
    reload: call({ input: [tabId] }),
    /** Answers whether a form may be sent again. Does nothing if the tab no longer asks. */
    answerResend: call({ input: [tabId, v.boolean()] }),
    /** Sends a form again whose answer could not be loaded. */
    sendFormAgain: call({ input: [tabId] }),
    /** Loads the address of a form's answer that could not be loaded, without the form. */
    loadWithoutForm: call({ input: [tabId] }),
    /** Pins a tab and moves it after the last pinned one, or unpins it. */
    pinTab: call({ input: [tabId, v.boolean()] }),
    /** Reopens the tab that was closed last or, if none was closed yet, the tabs of the last session. */
    reopen: call(),
    /** Opens the held tabs of the last session, and loads the one that was active. */
    openHeldTabs: call(),
    /** Dismisses the message about a restored session. */
    dismissRestored: call(),
    stop: call({ input: [tabId] }),
    /** Sends SIGKILL to the tab's renderer. Resolves when the signal is sent. */
    killTab: call({ input: [tabId] }),
    /** Returns every fault, in display order, and whether it can be caused here. */
    faults: call({ output: v.array(faultOffer) }),
    /** Causes a tab fault in this tab, now. Does not wait for the outcome. */
    breakTab: call({ input: [tabId, tabFault], output: breakResult }),
    /** Gives the tabs of a hanging process more time: clears their `hang`, which returns if the silence continues. */
    waitForTab: call({ input: [tabId] }),
    /** Gives a page that slows the browser down more time: clears its `slowsBrowser`, which returns in a minute. */
    waitForSlowPage: call({ input: [tabId] }),
    /** Ends a tab's process because it does not answer: its sad tab says `unresponsive`. */
    endTab: call({ input: [tabId] }),
    /** Continues a stopped process (SIGCONT). */
    continueTab: call({ input: [tabId] }),
    /** Answers a tab's dialog. Does nothing if the dialog is no longer open. */
    answerDialog: call({ input: [tabId, v.strictObject({ id: count, ...dialogAnswer.entries })] }),
    cancelDownload: call({ input: [count] }),
    /** Starts a failed download again from the beginning. */
    retryDownload: call({ input: [count] }),
    /** Shows the file of a finished download in the system's file manager. */
    showDownload: call({ input: [count] }),
    /** Removes an ended download from the list. */
    dismissDownload: call({ input: [count] }),
    /** Answers whether the page of a tab may download several files. */
    answerDownloads: call({ input: [tabId, v.boolean()] }),
    /** Answers `closing` of the window's state: true closes the window. */
    answerClosing: call({ input: [v.boolean()] }),
    /** Loads the dead subframes of a living page again. */
    reloadDeadFrames: call({ input: [tabId] }),
    /** Opens the blocked pop-up at this index of the tab's list. */
    openBlockedPopup: call({ input: [tabId, count] }),
    /** Allows the site of this tab to open pop-ups, and keeps that in the profile. */
    allowPopups: call({ input: [tabId] }),
    /** Forgets the blocked pop-ups of this tab. */
    dismissBlockedPopups: call({ input: [tabId] }),
    /** Clears `refused` of this tab. */
    dismissRefusal: call({ input: [tabId] }),
    dismissCutOff: call({ input: [tabId] }),
    /** Returns the snapshot of an ended tab, as a `data:image/…` address; null if there is none. */
    lastPicture: call({ input: [tabId], output: v.nullable(bounded(2_097_152)) }),
    dismissNotice: call({ input: [count] }),
    /** Carries out the offer of a notice. Does nothing if the notice is gone. */
    followNotice: call({ input: [count] }),
    /** Returns the state that the shell last sent by `keepState`; null if there is none for this window. */
    keptState: call({ output: v.nullable(bounded(65_536)) }),
    /** Shows or hides the plugins' findings on frames, now and after later starts. */
    showPluginFigures: call({ input: [v.boolean()] }),
    /** Starts a plugin whose restart budget is spent. */
    restartPlugin: call({ input: [bounded(64)] }),
    /** Sets the page's place in the window, in device-independent pixels from the window's upper left corner. */
    setContentBounds: call({ input: [rectangle] }),
    /** Gives the keyboard focus to the page, because the shell no longer needs it. */
    focusPage: call(),
    /** With true, raises the shell over the page for a menu or a dialog; with false, puts the page back on top. */
    setOverlay: call({ input: [v.boolean()] }),
  },
  pushes: {
    toServer: {
      /** This is on the screen now: what the fault drill measures. `pid` is of the process that it tells of. */
      painted: push([v.strictObject({ what: paintedThing, pid: v.nullable(pid) })]),
      /**
       * State that a new document of the shell restores: text in the address bar, open dialogs. Send it at each change.
       * The browser keeps the last one and does not inspect it.
       */
      keepState: push([bounded(65_536)]),
    },
  },
  streams: {
    /** State of the window and its tabs, as differences. Changes while the shell is busy are merged into one. */
    windowState: stream({ item: windowChange, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** Downloads, now and at each change. */
    downloads: stream({ item: downloadList, highWaterMark: 1 }),
    /**
     * Findings of the frame-stats plugin on the active tab's newest frame. Frames are taken only while this is read.
     */
    frameStatistics: stream({ item: tabFrameStatistics, highWaterMark: 1 }),
  },
});

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

/** What the user typed or a link said; the browser decides what it means. */
const typed = bounded(longestTyped);

/**
 * What the window's interface asks of the browser. Served by apps/browser, called by apps/shell: ours, sandboxed.
 * One port per shell document; it closes with it. A tab that has gone in the meantime is no error: the next state
 * says so.
 */
export const shellHost = contract('shell-host', {
  version: 1,
  server: 'browser',
  caller: 'shell',
  trust: 'full',
  lifetime: 'one per document of the shell',
  calls: {
    /** Opens a tab at the end and activates it; null opens the new-tab page, and asks for the address bar. */
    newTab: call({ input: [v.nullable(typed)], output: tabId }),
    closeTab: call({ input: [tabId] }),
    activateTab: call({ input: [tabId] }),
    /**
     * Resolves when the navigation has begun, not when the page has come. An address that names a fault causes it in
     * this tab. A text that is neither an address nor a search is refused.
     */
    navigate: call({ input: [tabId, typed], output: navigationResult }),
    /** Pages that were visited before and match what has been typed so far, the likeliest first. */
    suggest: call({ input: [bounded(256)], output: v.pipe(v.array(suggestion), v.maxLength(mostSuggestions)) }),
    goBack: call({ input: [tabId] }),
    goForward: call({ input: [tabId] }),
    /** Loads the page again; a tab whose process has gone gets a new one, and one that was not loaded yet its first. */
    reload: call({ input: [tabId] }),
    /** Answers whether a form may be sent again. Nothing happens when the tab does not ask any more. */
    answerResend: call({ input: [tabId, v.boolean()] }),
    /** Sends the form again whose answer could not be loaded. */
    sendFormAgain: call({ input: [tabId] }),
    /** Loads the address of a form's answer that could not be loaded, without the form. */
    loadWithoutForm: call({ input: [tabId] }),
    /** Pins a tab, which moves it behind the last pinned one, or unpins it. */
    pinTab: call({ input: [tabId, v.boolean()] }),
    /** Opens the tab that was closed last or, before any was, the tabs of the last session. */
    reopen: call(),
    /** Opens the tabs of the last session that were held: the one that was in front is loaded. */
    openHeldTabs: call(),
    /** What there was to say of a restored session has been read. */
    dismissRestored: call(),
    stop: call({ input: [tabId] }),
    /** SIGKILL to the tab's renderer. Resolves when the signal is sent. */
    killTab: call({ input: [tabId] }),
    /** Every fault that this program knows, in the order to show them, and whether it can be caused here. */
    faults: call({ output: v.array(faultOffer) }),
    /** Causes one of the tab faults in this tab, now, and does not wait for what comes of it. */
    breakTab: call({ input: [tabId, tabFault], output: breakResult }),
    /** Give the tabs of a hanging process more time: their `hang` goes, and comes again when the silence goes on. */
    waitForTab: call({ input: [tabId] }),
    /** Gives a page that slows the browser down more time: its `slowsBrowser` goes, and comes again in a minute. */
    waitForSlowPage: call({ input: [tabId] }),
    /** Ends a tab's process because it does not answer: its sad tab says `unresponsive`. */
    endTab: call({ input: [tabId] }),
    /** Lets a stopped process go on (SIGCONT). */
    continueTab: call({ input: [tabId] }),
    /** Answers a tab's dialog. Nothing happens when the dialog is not open any more. */
    answerDialog: call({ input: [tabId, v.strictObject({ id: count, ...dialogAnswer.entries })] }),
    cancelDownload: call({ input: [count] }),
    /** Asks for the file of a failed download once more, from the beginning. */
    retryDownload: call({ input: [count] }),
    /** Shows the file of a finished download in the system's file manager. */
    showDownload: call({ input: [count] }),
    /** Takes a download that has ended off the list. */
    dismissDownload: call({ input: [count] }),
    /** Answers whether the page of a tab may download several files. */
    answerDownloads: call({ input: [tabId, v.boolean()] }),
    /** Answers `closing` of the window's state: true closes the window. */
    answerClosing: call({ input: [v.boolean()] }),
    /** Loads the dead frames of a living page again. */
    reloadDeadFrames: call({ input: [tabId] }),
    /** Opens a pop-up that was blocked: the one at this place of the tab's list. */
    openBlockedPopup: call({ input: [tabId, count] }),
    /** Lets the site of this tab open pop-ups, for as long as the profile lives. */
    allowPopups: call({ input: [tabId] }),
    /** Forgets the pop-ups of this tab that were blocked. */
    dismissBlockedPopups: call({ input: [tabId] }),
    /** Takes `refused` of this tab back. */
    dismissRefusal: call({ input: [tabId] }),
    dismissCutOff: call({ input: [tabId] }),
    /** What the page of an ended tab looked like, as a `data:image/…` address; null when nothing was kept. */
    lastPicture: call({ input: [tabId], output: v.nullable(bounded(2_097_152)) }),
    dismissNotice: call({ input: [count] }),
    /** Does what a notice offers; nothing when it is not there any more. */
    followNotice: call({ input: [count] }),
    /** What the shell last had kept by `keepState`; null when nothing was, or when that was another window's. */
    keptState: call({ output: v.nullable(bounded(65_536)) }),
    /** Shows or hides what plugins read in frames, now and at later starts. */
    showPluginFigures: call({ input: [v.boolean()] }),
    /** Starts a plugin whose crash budget is spent. */
    restartPlugin: call({ input: [bounded(64)] }),
    /** Where the page goes in the window, device-independent pixels from its upper left corner. */
    setContentBounds: call({ input: [rectangle] }),
    /** Gives the keyboard to the page: what the shell had it for has gone. */
    focusPage: call(),
    /** True raises the shell over the page, for a menu or a dialog; false puts the page back on top. */
    setOverlay: call({ input: [v.boolean()] }),
  },
  pushes: {
    toServer: {
      /** The sad tab of this process is on the screen: what the fault drill measures. */
      sadTabPainted: push([v.strictObject({ tab: tabId, pid: v.nullable(pid) })]),
      /** The notice that this plugin process ended is on the screen. */
      pluginEndPainted: push([v.strictObject({ name: bounded(64), pid: v.nullable(pid) })]),
      /** The hang of this tab is marked, or its dialog drawn, on the screen. */
      hangPainted: push([v.strictObject({ tab: tabId, pid: v.nullable(pid) })]),
      /** This notice is on the screen. */
      noticePainted: push([v.strictObject({ id: count, pid: v.nullable(pid) })]),
      /**
       * State of the interface that a new document of it is to have again: text in the address bar, open dialogs. The
       * browser keeps the last one, and does not look into it. Send it when it changes.
       */
      keepState: push([bounded(65_536)]),
    },
  },
  streams: {
    /** The state of the window and its tabs as differences. Changes while the shell is busy become one difference. */
    windowState: stream({ item: windowChange, highWaterMark: 1, maxBytes: 16 * 1024 * 1024 }),
    /** Downloads, now and at each change. */
    downloads: stream({ item: downloadList, highWaterMark: 1 }),
    /** What the frame-stats plugin found in the active tab's newest frame. Frames are taken for as long as it is read. */
    frameStatistics: stream({ item: tabFrameStatistics, highWaterMark: 1 }),
  },
});
